import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ownDataWords, type Reason } from '../../messages/ownData';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { Said } from '../../parts/Said';
import { SendForm } from '../../parts/SendForm';
import { TickField } from '../../parts/TickField';
import { askForErasure, type Erasure, erasureQuery, withdrawErasure } from '../../queries/member';
import { groupsBy } from '../../words/groups';
import { fullDayOf } from '../../words/instants';
import { colon, useLanguage, useWords } from '../../words/language';
import styles from './Erasing.module.css';

/** Why what is in a table stays; accounts rest on what is not told here. */
const REASONS: Record<string, Reason> = {
  consent: 'proof',
  poll_voter: 'decisions',
  ballot: 'decisions',
  gathering_attendance: 'decisions',
  erasure: 'erasure',
};

/** What an erasure takes away and leaves, what has to end before, and the wish for it. */
export function Erasing({ erasure }: { erasure: Erasure }) {
  const words = useWords(ownDataWords);
  const language = useLanguage();
  return (
    <>
      <Asked erasure={erasure} />
      {erasure.obstacles.length > 0 && (
        <div className={styles.obstacles}>
          <p>{words.obstacles}</p>
          <ul>
            {erasure.obstacles.map((obstacle) => (
              <li key={obstacle}>
                {words.obstacle[obstacle] ?? obstacle}
                {obstacle === 'takes-part' && (
                  <>
                    {' – '}
                    <Link to="/me/leave">{words.toLeave}</Link>
                  </>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      <details>
        <summary>{words.goes}</summary>
        <p>{words.goesHelp}</p>
        <Parts parts={erasure.erased} names={words.erased} />
      </details>
      <details>
        <summary>{words.stays}</summary>
        <p>{words.staysHelp}</p>
        <KeptParts parts={erasure.kept} />
        <p>{words.elsewhere}</p>
        <ul>
          {Object.entries(erasure.elsewhere).map(([service, note]) => (
            <li key={service}>
              <strong>{words.services[service] ?? service}</strong>
              {colon(language)}
              {words.others[service] ?? note}
            </li>
          ))}
        </ul>
      </details>
      {!erasure.requested_at && <Ask memberId={erasure.member_id} />}
    </>
  );
}

function Asked({ erasure }: { erasure: Erasure }) {
  const words = useWords(ownDataWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => withdrawErasure(erasure.member_id),
    // If it was carried out meanwhile, that is what is to be said.
    onSettled: () => queries.invalidateQueries(erasureQuery(erasure.member_id, language)),
  });
  const named = (instant: string) => fullDayOf(instant, language);
  const { requested_at, due_at, executed_at } = erasure;
  if (executed_at) return <p role="status">{words.done(named(executed_at))}</p>;
  if (!requested_at) return <Said>{attempt.isSuccess && words.withdrawn}</Said>;
  return (
    <>
      <div role="status">
        <p>
          <strong>{words.asked(named(requested_at), named(due_at ?? requested_at))}</strong>
        </p>
        <p>{words.takeBack}</p>
      </div>
      <QuietButton onPress={() => !attempt.isPending && attempt.mutate()}>
        {words.withdraw}
      </QuietButton>
      <Refusal error={attempt.error} />
    </>
  );
}

interface PartsProps {
  parts: Erasure['erased'];
  names: Record<string, string>;
}

/** What there is none of is left out. */
function Parts({ parts, names }: PartsProps) {
  const words = useWords(ownDataWords);
  return (
    <ul>
      {parts
        .filter(({ rows }) => rows > 0)
        .map(({ table, rows, note }) => (
          <li key={table}>
            {names[table] ?? note}
            {rows > 1 && <span className={styles.rows}>{words.rows(rows)}</span>}
          </li>
        ))}
    </ul>
  );
}

/** By the law for which they stay. */
function KeptParts({ parts }: { parts: Erasure['kept'] }) {
  const words = useWords(ownDataWords);
  const reasons = groupsBy(parts, ({ table }) => REASONS[table] ?? 'accounts');
  return [...reasons]
    .filter(([, kept]) => kept.some(({ rows }) => rows > 0))
    .map(([reason, kept]) => (
      <div key={reason}>
        <p>
          <strong>{words.because[reason]}</strong>
        </p>
        <Parts parts={kept} names={words.kept} />
      </div>
    ));
}

function Ask({ memberId }: { memberId: string }) {
  const words = useWords(ownDataWords);
  const queries = useQueryClient();
  const language = useLanguage();
  const attempt = useMutation({
    mutationFn: () => askForErasure(memberId, language),
    onSuccess: (erasure) =>
      queries.setQueryData(erasureQuery(memberId, language).queryKey, erasure),
  });
  return (
    <details>
      <summary>{words.ask}</summary>
      <SendForm attempt={attempt} submit={words.ask} onSend={() => attempt.mutate()}>
        <TickField name="agrees" label={words.agree} isRequired />
      </SendForm>
    </details>
  );
}
