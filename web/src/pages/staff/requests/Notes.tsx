import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { staffRequestWords } from '../../../messages/staff/request';
import { Card } from '../../../parts/Card';
import { LongField } from '../../../parts/LongField';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { accountsQuery, nameOfSubject } from '../../../queries/accounts';
import { addNote, type StaffRequest, staffRequestQuery } from '../../../queries/requestDesk';
import { linesIn } from '../../../words/forms';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';

/** What staff told each other about a request. */
export function Notes({ request: { id, notes } }: { request: StaffRequest }) {
  const words = useWords(staffRequestWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const attempt = useMutation({
    mutationFn: (text: string) => addNote(id, text),
    onSuccess: () => queries.invalidateQueries(staffRequestQuery(id)),
  });
  return (
    <Card title={words.notes}>
      <p className={shared.weak}>{words.notesHelp}</p>
      {notes.length === 0 && <p>{words.noNote}</p>}
      <ul className={shared.list}>
        {notes.map((note) => (
          <li key={note.id}>
            <p className={shared.lines}>{note.text}</p>
            <p className={shared.weak}>
              {words.noteBy(momentOf(note.at, language), nameOfSubject(accounts, note.by))}
            </p>
          </li>
        ))}
      </ul>
      <SendForm
        // Anew once it is sent: the field is empty then.
        key={notes.length}
        attempt={attempt}
        submit={words.addNote}
        isWide
        onSend={(form) => attempt.mutate(linesIn(form, 'text'))}
      >
        <LongField name="text" label={words.note} maxLength={4000} />
      </SendForm>
      <Said>{attempt.isSuccess && words.noteAdded}</Said>
    </Card>
  );
}
