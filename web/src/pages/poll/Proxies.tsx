import { useMutation, useQueryClient } from '@tanstack/react-query';
import { proxyWords } from '../../messages/proxies';
import { Card } from '../../parts/Card';
import { CopyButton } from '../../parts/CopyButton';
import { Field } from '../../parts/Field';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { SendForm } from '../../parts/SendForm';
import shared from '../../parts/Together.module.css';
import {
  declineProxy,
  findHolder,
  giveProxy,
  type OwnVote,
  type Poll,
  pollChanged,
  revokeProxy,
} from '../../queries/polls';
import { useWords } from '../../words/language';

/** Who votes for whom, where the statutes allow it, as long as it can change. */
export function Proxies({ poll }: { poll: Poll }) {
  const words = useWords(proxyWords);
  const { own, state, max_proxies } = poll;
  if (!own || max_proxies === 0 || !['announced', 'open'].includes(state)) return null;
  const mayGive = !own.has_voted && !own.holder && own.proxies.length === 0;
  return (
    <Card title={words.proxies}>
      {(own.holder || mayGive) && <h3 className={shared.part}>{words.giving}</h3>}
      {own.holder && <Holder poll={poll} own={own} />}
      {mayGive && <Giving poll={poll} />}
      {(own.proxies.length > 0 || own.holder_code) && (
        <h3 className={shared.part}>{words.receiving}</h3>
      )}
      {own.proxies.length > 0 && <Givers poll={poll} own={own} />}
      {own.holder_code && (
        <>
          <p>{words.ownCode}</p>
          <code className={shared.code}>{own.holder_code}</code>
          <CopyButton text={own.holder_code} />
        </>
      )}
    </Card>
  );
}

function useChange<Told>(poll: Poll, send: (told: Told) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => pollChanged(queries, poll),
  });
}

function Holder({ poll, own }: { poll: Poll; own: OwnVote }) {
  const words = useWords(proxyWords);
  const revoking = useChange(poll, () => revokeProxy(poll));
  const name = own.holder?.name ?? '';
  if (own.has_voted) return <p>{words.votedByHolder(name)}</p>;
  return (
    <>
      <p>{words.holds(name)}</p>
      <QuietButton onPress={() => revoking.mutate(undefined)}>{words.revoke}</QuietButton>
      <Refusal error={revoking.error} />
    </>
  );
}

function Givers({ poll, own }: { poll: Poll; own: OwnVote }) {
  const words = useWords(proxyWords);
  const declining = useChange(poll, (giverId: string) => declineProxy(poll, giverId));
  return (
    <>
      <ul className={shared.list}>
        {own.proxies.map(({ member_id, name, has_voted }) => (
          <li key={member_id}>
            <p>{has_voted ? words.votedFor(name) : words.holdsFor(name)}</p>
            {!has_voted && (
              <QuietButton onPress={() => declining.mutate(member_id)}>
                {words.decline(name)}
              </QuietButton>
            )}
          </li>
        ))}
      </ul>
      <Refusal error={declining.error} />
    </>
  );
}

/** By a code that the holder shows, and once more by name. */
function Giving({ poll }: { poll: Poll }) {
  const words = useWords(proxyWords);
  const looking = useMutation({ mutationFn: (code: string) => findHolder(poll, code) });
  const giving = useChange(poll, (holderId: string) => giveProxy(poll, holderId));
  const holder = looking.data;
  return (
    <details>
      <summary>{words.cannotVote}</summary>
      <SendForm
        attempt={looking}
        submit={words.look}
        onSend={(form) => looking.mutate(String(form.get('code')))}
      >
        <Field
          name="code"
          type="text"
          autoComplete="off"
          label={words.holderCode}
          help={words.holderCodeHelp}
        />
      </SendForm>
      <div role="status">{holder && <p>{words.isIt(holder.name)}</p>}</div>
      {holder && (
        <QuietButton onPress={() => giving.mutate(holder.member_id)}>
          {words.give(holder.name)}
        </QuietButton>
      )}
      <Refusal error={giving.error} />
    </details>
  );
}
