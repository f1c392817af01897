import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { surplusWords } from '../../../../messages/running/surplus';
import { ChoiceField } from '../../../../parts/ChoiceField';
import { Field } from '../../../../parts/Field';
import { SendForm } from '../../../../parts/SendForm';
import {
  type SurplusContract,
  type SurplusKind,
  saveSurplusContracts,
} from '../../../../queries/surplus';
import { dayAt, dayLater, fullDay } from '../../../../words/dates';
import { textIn } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import { contractIn, contractOn, withContract } from '../../../../words/surplus';
import { useChanged } from '../../close/changed';
import { buyerText } from './Contracts';
import { FeedInTerms, Paid } from './TermsFields';

export interface OfContracts {
  operation: string;
  prm: string;
  contracts: readonly SurplusContract[];
  onSaved: () => void;
}

/** A contract from a day on: it begins as the one that is in force. */
export function ContractForm({ operation, prm, contracts, onSaved }: OfContracts) {
  const words = useWords(surplusWords);
  const language = useLanguage();
  const save = useSaveContracts({ operation, prm, contracts, onSaved });
  const today = dayAt(new Date());
  const [day, setDay] = useState(today);
  const latest = contractOn(contracts, today) ?? contracts.at(-1);
  const [kind, setKind] = useState<SurplusKind>(latest?.kind ?? 'feed_in');
  const before = contractOn(contracts, day);
  // What goes with another kind is not this one's.
  const former = latest?.kind === kind ? latest : undefined;
  const send = (form: FormData) =>
    save.mutate(
      withContract(contracts, contractIn(form, before), textIn(form, 'valid_from') ?? ''),
    );
  return (
    <SendForm attempt={save} submit={words.save} isWide onSend={send}>
      <ChoiceField
        name="kind"
        label={words.kind}
        choices={words.kindChoices}
        chosen={kind}
        onChange={setKind}
      />
      <Field
        name="valid_from"
        type="date"
        label={words.from}
        help={words.fromHelp}
        defaultValue={day}
        onChange={(text) => text && setDay(text)}
      />
      {before && before.valid_from < day && (
        <p>{words.endsFormer(buyerText(before, language), fullDay(day, language))}</p>
      )}
      <Field
        name="last_day"
        type="date"
        label={words.lastDay}
        help={words.lastDayHelp}
        defaultValue={former?.valid_to ? dayLater(former.valid_to, -1) : ''}
        isOptional
      />
      {kind !== 'none' && <Paid key={kind} kind={kind} former={former} />}
      {kind === 'feed_in' && <FeedInTerms former={former} />}
      <p>{words.effect}</p>
    </SendForm>
  );
}

/** Sends all contracts of the plant. */
export function useSaveContracts({ operation, prm, onSaved }: OfContracts) {
  const queries = useQueryClient();
  const changed = useChanged(operation);
  return useMutation({
    mutationFn: (contracts: Parameters<typeof saveSurplusContracts>[1]) =>
      saveSurplusContracts(prm, contracts),
    onSuccess: async () => {
      await Promise.all([
        changed(),
        queries.invalidateQueries({ queryKey: ['surplus contracts', prm] }),
        queries.invalidateQueries({ queryKey: ['sales', operation] }),
      ]);
      onSaved();
    },
  });
}
