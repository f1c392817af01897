import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { erasureWords } from '../../../messages/staff/erasures';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { QuietButton } from '../../../parts/QuietButton';
import { Refusal } from '../../../parts/Refusal';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import { type ErasureRequest, eraseMember, erasuresChanged } from '../../../queries/erasures';
import { type Erasure, erasureQuery, withdrawErasure } from '../../../queries/member';
import { fullDayOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { whole } from '../../../words/numbers';

interface RequestProps {
  request: ErasureRequest;
  onDone: (words: string) => void;
}

/** A member's wish: until when, what would go and stay, and what has to end first. */
export function Request({ request, onDone }: RequestProps) {
  const words = useWords(erasureWords);
  const language = useLanguage();
  const query = useQuery(erasureQuery(request.member_id, language));
  const days = [request.requested_at, request.due_at].map((at) => fullDayOf(at, language));
  return (
    <Card title={request.name}>
      <p>{words.asked(days[0] ?? '', days[1] ?? '')}</p>
      <Answer query={query}>
        {(erasure) => (
          <>
            {erasure.obstacles.length > 0 && (
              <ul>
                {erasure.obstacles.map((obstacle) => (
                  <li key={obstacle}>{words.obstacles[obstacle]}</li>
                ))}
              </ul>
            )}
            <Parts title={words.goes} parts={erasure.erased} />
            <Parts title={words.stays} parts={erasure.kept} />
            {erasure.obstacles.length === 0 && <Carrying request={request} onDone={onDone} />}
          </>
        )}
      </Answer>
      <Withdrawing request={request} onDone={onDone} />
    </Card>
  );
}

/** What the platform says of each table that has something of this member. */
function Parts({ title, parts }: { title: string; parts: Erasure['erased'] }) {
  const words = useWords(erasureWords);
  const language = useLanguage();
  const filled = parts.filter(({ rows }) => rows > 0);
  return (
    <details>
      <summary>{title}</summary>
      {filled.length === 0 && <p>{words.nothing}</p>}
      <ul>
        {filled.map(({ table, rows, note }) => (
          <li key={table}>{`${note} (${whole(rows, language)})`}</li>
        ))}
      </ul>
    </details>
  );
}

function Carrying({ request: { member_id, name }, onDone }: RequestProps) {
  const words = useWords(erasureWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => eraseMember(member_id),
    onSuccess: async () => {
      onDone(words.erased);
      await erasuresChanged(queries);
    },
  });
  return (
    <details>
      <summary>{words.erase}</summary>
      <SendForm
        attempt={attempt}
        onSend={() => attempt.mutate()}
        submit={words.eraseName(name)}
        isWide
      >
        <p>{words.eraseEffect}</p>
        <TickField name="nothing_is_owed" label={words.nothingIsOwed} isRequired />
      </SendForm>
    </details>
  );
}

/** The member is told that somebody else withdrew the wish. */
function Withdrawing({ request: { member_id, name }, onDone }: RequestProps) {
  const words = useWords(erasureWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => withdrawErasure(member_id),
    onSuccess: () => onDone(words.withdrawn(name)),
    // If it was carried out meanwhile, the list says so.
    onSettled: () => erasuresChanged(queries),
  });
  return (
    <>
      <p className={shared.weak}>{words.withdrawEffect}</p>
      <QuietButton onPress={() => !attempt.isPending && attempt.mutate()}>
        {words.withdraw(name)}
      </QuietButton>
      <Refusal error={attempt.error} />
    </>
  );
}
