import { keyFormWords } from '../../../messages/running/keyForm';
import { Field } from '../../../parts/Field';
import type { Key } from '../../../queries/keys';
import { dayAt, dayLater, fullDay } from '../../../words/dates';
import { earliestStart, firstDayProposed } from '../../../words/keySteps';
import { useLanguage, useWords } from '../../../words/language';

interface HeadFieldsProps {
  draft: Key | undefined;
  noticeDays: number;
}

/** What a key is called, and its days. */
export function HeadFields({ draft, noticeDays }: HeadFieldsProps) {
  const words = useWords(keyFormWords);
  const language = useLanguage();
  const today = dayAt(new Date());
  const earliest = fullDay(earliestStart(today, noticeDays), language);
  const last = draft?.valid_to ? dayLater(draft.valid_to, -1) : '';
  return (
    <>
      <Field
        name="title"
        type="text"
        label={words.title}
        help={words.titleHelp}
        maxLength={120}
        defaultValue={draft?.title ?? ''}
        isOptional
      />
      <Field
        name="valid_from"
        type="date"
        label={words.from}
        help={words.fromHelp(earliest)}
        defaultValue={draft?.valid_from ?? firstDayProposed(today, noticeDays)}
      />
      <Field
        name="last"
        type="date"
        label={words.last}
        help={words.lastHelp}
        defaultValue={last}
        isOptional
      />
    </>
  );
}
