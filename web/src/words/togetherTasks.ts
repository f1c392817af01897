import type { Challenge } from '../queries/challenges';
import type { Gathering, Minutes } from '../queries/gatherings';
import type { Article } from '../queries/news';
import type { Poll } from '../queries/polls';

const DAY_MS = 24 * 60 * 60_000;
/** A vote that ends within so many days is told, while there is time to remind people. */
const ENDS_SOON_DAYS = 3;
/** Minutes of what is longer ago are not asked for: nobody remembers. */
const MINUTES_WITHIN_DAYS = 60;

export type TaskKind =
  | 'vote_ends'
  | 'minutes_to_write'
  | 'minutes_to_publish'
  | 'gathering_to_announce'
  | 'poll_to_open'
  | 'article_to_publish'
  | 'challenge_to_announce';

export interface Task {
  kind: TaskKind;
  /** Of the gathering, the poll, the article, the challenge. */
  id: string;
  title: string;
  /** When it takes place or ends, or a day; null: it has no time. */
  at: string | null;
}

export interface Planned {
  gatherings: readonly Gathering[];
  /** By gathering, of those that `awaitsMinutes`. */
  minutes: ReadonlyMap<string, readonly Minutes[]>;
  polls: readonly Poll[];
  articles: readonly Article[];
  challenges: readonly Challenge[];
}

/** Over for a short time only: whether its minutes are there has to be looked at. */
export function awaitsMinutes({ state, ends_at }: Gathering, now = new Date()): boolean {
  return state === 'held' && now.getTime() - Date.parse(ends_at) < MINUTES_WITHIN_DAYS * DAY_MS;
}

/** What an organiser has to go on with, what cannot wait first. */
export function tasksIn(planned: Planned, now = new Date()): Task[] {
  const { gatherings, polls, articles, challenges } = planned;
  const soon = now.getTime() + ENDS_SOON_DAYS * DAY_MS;
  return [
    ...polls
      .filter(({ state, closes_at }) => state === 'open' && Date.parse(closes_at) < soon)
      .map(({ id, question, closes_at }) => task('vote_ends', id, question, closes_at)),
    ...gatherings
      .filter((gathering) => awaitsMinutes(gathering, now))
      .flatMap((gathering) => minutesTask(gathering, planned.minutes.get(gathering.id))),
    // Nobody can be invited to what is past.
    ...gatherings
      .filter(({ state, ends_at }) => state === 'draft' && Date.parse(ends_at) > now.getTime())
      .map(({ id, title, starts_at }) => task('gathering_to_announce', id, title, starts_at)),
    ...polls
      .filter(({ state }) => state === 'draft')
      .map(({ id, question, opens_at }) => task('poll_to_open', id, question, opens_at)),
    ...articles
      .filter(({ state }) => state === 'draft')
      .map(({ id, title }) => task('article_to_publish', id, title, null)),
    ...challenges
      .filter(({ state }) => state === 'draft')
      .map(({ id, title, first_day }) => task('challenge_to_announce', id, title, first_day)),
  ];
}

/** undefined: they have not come yet. */
function minutesTask({ id, title, ends_at }: Gathering, versions: readonly Minutes[] | undefined) {
  if (!versions) return [];
  const last = versions.at(-1);
  if (!last) return [task('minutes_to_write', id, title, ends_at)];
  return last.published_at ? [] : [task('minutes_to_publish', id, title, ends_at)];
}

function task(kind: TaskKind, id: string, title: string, at: string | null): Task {
  return { kind, id, title, at };
}
