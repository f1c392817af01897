import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { notificationWords } from '../messages/notifications';
import { Answer } from '../parts/Answer';
import { Card } from '../parts/Card';
import { Icon } from '../parts/Icon';
import { SendForm } from '../parts/SendForm';
import shared from '../parts/Together.module.css';
import { type ChosenChannel, channelsQuery, chooseChannels } from '../queries/notifications';
import { useWords } from '../words/language';
import styles from './Notifications.module.css';
import { Heading } from './Shell';

type Kind = ChosenChannel['kind'];
type Area = keyof (typeof notificationWords)['fr']['areas'];

const AREAS: readonly Area[] = ['polls', 'gatherings', 'news', 'own', 'desk'];
const BEGINS: readonly (readonly [string, Area])[] = [
  ['poll_', 'polls'],
  ['gathering_', 'gatherings'],
  ['assembly_', 'gatherings'],
  ['news_', 'news'],
  ['challenge_', 'news'],
  ['desk_', 'desk'],
];

/** By which channel one is told of what. */
export function NotificationSettings() {
  const words = useWords(notificationWords);
  const query = useQuery(channelsQuery);
  return (
    <>
      <Link className={shared.more} to="/notifications">
        <Icon name="before" />
        {words.title}
      </Link>
      <Heading>{words.settingsTitle}</Heading>
      <p>{words.settingsHelp}</p>
      <Answer query={query}>{(channels) => <Channels channels={channels} />}</Answer>
    </>
  );
}

function Channels({ channels }: { channels: ChosenChannel[] }) {
  const words = useWords(notificationWords);
  const queries = useQueryClient();
  const saving = useMutation({
    mutationFn: chooseChannels,
    onSuccess: (chosen) => queries.setQueryData(channelsQuery.queryKey, chosen),
  });
  return (
    <SendForm
      attempt={saving}
      submit={words.save}
      isWide
      onSend={(form) =>
        saving.mutate(
          Object.fromEntries(
            channels.map(({ kind, channel, offered }) => [
              kind,
              offered.find((one) => one === form.get(kind)) ?? channel,
            ]),
          ),
        )
      }
    >
      <div>
        {AREAS.map((area) => (
          <Area
            key={area}
            area={area}
            channels={channels.filter(({ kind }) => areaOf(kind) === area)}
          />
        ))}
      </div>
      <p role="status">{saving.isSuccess && words.saved}</p>
    </SendForm>
  );
}

function Area({ area, channels }: { area: Area; channels: ChosenChannel[] }) {
  const words = useWords(notificationWords);
  if (channels.length === 0) return null;
  return (
    <Card title={words.areas[area]}>
      <div className={styles.rows}>
        {channels.map((one) => (
          <Row key={one.kind} {...one} />
        ))}
      </div>
    </Card>
  );
}

function Row({ kind, channel, offered }: ChosenChannel) {
  const words = useWords(notificationWords);
  if (offered.length === 1) {
    return (
      <p className={`${styles.row} ${shared.plain}`}>
        {words.kinds[kind]}
        <span className={shared.weak}>{words.always}</span>
      </p>
    );
  }
  return (
    <label className={styles.row}>
      {words.kinds[kind]}
      <select name={kind} defaultValue={channel}>
        {offered.map((one) => (
          <option key={one} value={one}>
            {words.channels[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

function areaOf(kind: Kind): Area {
  return BEGINS.find(([begin]) => kind.startsWith(begin))?.[1] ?? 'own';
}
