import { useQuery } from '@tanstack/react-query';
import { gatheringWords } from '../../../../messages/gatherings';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import tables from '../../../../parts/Table.module.css';
import shared from '../../../../parts/Together.module.css';
import {
  allRepliesQuery,
  attendanceQuery,
  type FullReply,
} from '../../../../queries/gatheringDesk';
import type { Gathering } from '../../../../queries/gatherings';
import { perimeterQuery } from '../../../../queries/perimeters';
import { audienceOf } from '../../../../words/audiences';
import { dayAt } from '../../../../words/dates';
import { guestListOf } from '../../../../words/guestLists';
import { useWords } from '../../../../words/language';
import { useNames } from '../../names';
import { Presence } from './Presence';

/** Who comes; from the day itself on, who was there. */
export function Who({ operation, gathering }: { operation: string; gathering: Gathering }) {
  const words = useWords(planningWords);
  const replies = useQuery(allRepliesQuery(gathering.id));
  const attendance = useQuery(attendanceQuery(gathering.id));
  const perimeter = useQuery(perimeterQuery(operation));
  const names = useNames(operation);
  const { seated, maybe, declined, waiting, attended } = gathering.counts;
  const day = dayAt(new Date(gathering.starts_at));
  const isDay = day <= dayAt(new Date());
  return (
    <Card title={isDay ? words.who : words.whoComes}>
      <p>{words.counts(seated, maybe, declined)}</p>
      {waiting > 0 && <p>{words.waiting(waiting)}</p>}
      {isDay && attended > 0 && <p>{words.attended(attended)}</p>}
      <Answer query={replies}>
        {(answers) => (
          <Answer query={attendance}>
            {(present) => (
              <Answer query={perimeter}>
                {(data) => {
                  const invited = audienceOf(data, gathering.audience, day);
                  const people = guestListOf(invited, answers, present, names.ofMember);
                  if (people.length === 0) return <p>{words.nobodyInvited}</p>;
                  return <List gathering={gathering} people={people} isDay={isDay} />;
                }}
              </Answer>
            )}
          </Answer>
        )}
      </Answer>
    </Card>
  );
}

interface ListProps {
  gathering: Gathering;
  people: ReturnType<typeof guestListOf>;
  isDay: boolean;
}

function List({ gathering, people, isDay }: ListProps) {
  const words = useWords(planningWords);
  return (
    <table className={tables.table}>
      <caption>{isDay ? words.tickHelp : words.invited}</caption>
      <thead>
        <tr>
          <th scope="col">{words.member}</th>
          <th scope="col">{isDay ? words.present : words.answer}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id}>
            <th scope="row">
              {person.name}
              {isDay && (
                <div className={shared.weak}>
                  <Reply reply={person.reply} />
                </div>
              )}
            </th>
            <td>
              {isDay ? (
                <Presence gathering={gathering} person={person} />
              ) : (
                <Reply reply={person.reply} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reply({ reply }: { reply: FullReply | undefined }) {
  const words = useWords(planningWords);
  const { withGuests } = useWords(gatheringWords);
  if (!reply) return words.noAnswer;
  const waits = reply.waits_behind !== null ? ` · ${words.waits}` : '';
  const guests = reply.guests > 0 ? `, ${withGuests(reply.guests)}` : '';
  return `${words.answers[reply.answer]}${guests}${waits}`;
}
