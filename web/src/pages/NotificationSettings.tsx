import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { notificationWords } from '../messages/notifications';
import { Answer } from '../parts/Answer';
import { BackToNotifications } from '../parts/Back';
import { Card } from '../parts/Card';
import { Heading } from '../parts/Heading';
import { SendForm } from '../parts/SendForm';
import shared from '../parts/Together.module.css';
import {
  type Channels as Chosen,
  type ChosenChannel,
  channelsQuery,
  chooseChannels,
} from '../queries/notifications';
import { useWords } from '../words/language';
import styles from './Notifications.module.css';

type Kind = ChosenChannel['kind'];
type Channel = ChosenChannel['channel'];
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
      <BackToNotifications />
      <Heading>{words.settingsTitle}</Heading>
      <p>{words.settingsHelp}</p>
      <Answer query={query}>{(channels) => <Channels channels={channels} />}</Answer>
    </>
  );
}

function Channels({ channels }: { channels: ChosenChannel[] }) {
  const words = useWords(notificationWords);
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>(
    Object.fromEntries(channels.map(({ kind, channel }) => [kind, channel])),
  );
  const saving = useMutation({
    mutationFn: chooseChannels,
    onSuccess: (saved) => queries.setQueryData(channelsQuery.queryKey, saved),
  });
  return (
    <SendForm attempt={saving} submit={words.save} isWide onSend={() => saving.mutate(chosen)}>
      <div>
        {AREAS.map((area) => (
          <Area
            key={area}
            area={area}
            channels={channels.filter(({ kind }) => areaOf(kind) === area)}
            chosen={chosen}
            onChoose={(some) => setChosen({ ...chosen, ...some })}
          />
        ))}
      </div>
      <p role="status">{saving.isSuccess && words.saved}</p>
    </SendForm>
  );
}

interface AreaProps {
  area: Area;
  channels: ChosenChannel[];
  chosen: Chosen;
  onChoose: (some: Chosen) => void;
}

/** One choice for all subjects of an area; each by itself for who wants it so. */
function Area({ area, channels, chosen, onChoose }: AreaProps) {
  const words = useWords(notificationWords);
  const free = channels.filter(({ offered }) => offered.length > 1);
  const offered = (free[0]?.offered ?? []).filter((channel) =>
    free.every((subject) => subject.offered.includes(channel)),
  );
  const inUse = [...new Set(free.map(({ kind }) => chosen[kind]))];
  if (channels.length === 0) return null;
  return (
    <Card title={words.areas[area]}>
      {offered.length > 0 && (
        <Choice
          label={words.all}
          value={inUse.length === 1 ? inUse[0] : undefined}
          offered={offered}
          onChoose={(channel) =>
            onChoose(Object.fromEntries(free.map(({ kind }) => [kind, channel])))
          }
        />
      )}
      <details>
        <summary>{words.bySubject(channels.length)}</summary>
        <div className={styles.rows}>
          {channels.map(({ kind, offered: some }) =>
            some.length === 1 ? (
              <p key={kind} className={`${styles.row} ${shared.plain}`}>
                {words.kinds[kind]}
                <span className={shared.weak}>{words.always}</span>
              </p>
            ) : (
              <Choice
                key={kind}
                label={words.kinds[kind]}
                value={chosen[kind]}
                offered={some}
                onChoose={(channel) => onChoose({ [kind]: channel })}
              />
            ),
          )}
        </div>
      </details>
    </Card>
  );
}

interface ChoiceProps {
  label: string;
  /** undefined: of several things, not the same for all. */
  value: Channel | undefined;
  offered: readonly Channel[];
  onChoose: (channel: Channel) => void;
}

function Choice({ label, value, offered, onChoose }: ChoiceProps) {
  const words = useWords(notificationWords);
  return (
    <label className={styles.row}>
      {label}
      <select
        value={value ?? ''}
        onChange={({ target }) => {
          const channel = offered.find((some) => some === target.value);
          if (channel) onChoose(channel);
        }}
      >
        {value === undefined && <option value="">{words.mixed}</option>}
        {offered.map((channel) => (
          <option key={channel} value={channel}>
            {words.channels[channel]}
          </option>
        ))}
      </select>
    </label>
  );
}

function areaOf(kind: Kind): Area {
  return BEGINS.find(([begin]) => kind.startsWith(begin))?.[1] ?? 'own';
}
