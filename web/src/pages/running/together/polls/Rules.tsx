import { pollingWords } from '../../../../messages/running/togetherPolls';
import { ChoiceField } from '../../../../parts/ChoiceField';
import { Field } from '../../../../parts/Field';
import { SelectField } from '../../../../parts/SelectField';
import type { PollIn } from '../../../../queries/pollDesk';
import type { Poll } from '../../../../queries/polls';
import { useWords } from '../../../../words/language';
import styles from '../gatherings/Gathering.module.css';

type OfPoll = Pick<PollIn, 'ballot_mode' | 'weighting' | 'quorum'>;

const WEIGHTINGS: readonly PollIn['weighting'][] = ['one_each', 'capital_shares', 'given'];
const SHARES: readonly string[] = ['1/5', '1/4', '1/3', '1/2', '2/3', '3/4'];

interface RulesProps {
  poll: Poll | undefined;
  rules: OfPoll;
  onRules: (rules: OfPoll) => void;
}

/** Who sees what, what each weighs, how many have to vote, and proxies. */
export function Rules({ poll, rules, onRules }: RulesProps) {
  const words = useWords(pollingWords);
  const { ballot_mode, weighting, quorum } = rules;
  const mayWeigh = ballot_mode !== 'secret';
  return (
    <details>
      <summary>{words.settings}</summary>
      <div className={styles.fields}>
        <ChoiceField
          name="ballot_mode"
          label={words.mode}
          choices={words.modes}
          chosen={ballot_mode}
          onChange={(mode) => onRules({ ...rules, ballot_mode: mode })}
        />
        {mayWeigh && (
          <SelectField
            name="weighting"
            label={words.weighting}
            help={words.weightingHelp}
            options={WEIGHTINGS.map((one) => [one, words.weightings[one]] as const)}
            value={weighting}
            onChange={(one) => onRules({ ...rules, weighting: one })}
          />
        )}
        <QuorumFields
          quorum={quorum}
          mayWeigh={mayWeigh && weighting !== 'one_each'}
          onQuorum={(one) => onRules({ ...rules, quorum: one })}
        />
        <Field
          name="max_proxies"
          type="text"
          inputMode="numeric"
          pattern="\d{1,2}|100"
          label={words.maxProxies}
          help={words.maxProxiesHelp}
          defaultValue={String(poll?.max_proxies ?? 1)}
          isOptional
        />
      </div>
    </details>
  );
}

interface QuorumProps {
  quorum: PollIn['quorum'];
  mayWeigh: boolean;
  onQuorum: (quorum: PollIn['quorum']) => void;
}

function QuorumFields({ quorum, mayWeigh, onQuorum }: QuorumProps) {
  const words = useWords(pollingWords);
  const share = quorum?.share ?? '';
  // One that the API was given, beside those that are usual.
  const shares = share && !SHARES.includes(share) ? [share, ...SHARES] : SHARES;
  const of = quorum?.of ?? 'members';
  return (
    <>
      <SelectField
        name="quorum"
        label={words.quorum}
        options={[
          ['', words.noQuorum],
          ...shares.map((one) => [one, words.quorumShare(words.quorumShares[one] ?? one)] as const),
        ]}
        value={share}
        onChange={(one) => onQuorum(one ? { share: one, of } : null)}
      />
      {quorum && mayWeigh && (
        <SelectField
          name="quorum/of"
          label={words.quorumOf}
          options={[
            ['members', words.quorumsOf.members],
            ['weight', words.quorumsOf.weight],
          ]}
          value={of}
          onChange={(one) => onQuorum({ ...quorum, of: one })}
        />
      )}
    </>
  );
}
