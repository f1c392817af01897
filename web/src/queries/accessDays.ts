import { dayAt } from '../words/dates';
import type { Access, AccessPage } from './accesses';

/** Looks of the same people at the same thing on a day. */
export interface AccessGroup {
  route: string;
  role: Access['role'];
  isYou: boolean;
  count: number;
  first: string;
  last: string;
  /** Days that were looked at, `[from, to)`; null: it is not told. */
  days: { from: string; to: string } | null;
}

/** By local day, the newest first; what may still get company from a page to come is left out. */
export function groupAccesses(pages: AccessPage[]): [string, AccessGroup[]][] {
  const horizon = Object.values(pages.at(-1)?.oldest ?? {})
    .map(({ readAt }) => readAt)
    .sort()
    .at(-1);
  const days = new Map<string, Map<string, AccessGroup>>();
  const accesses = pages
    .flatMap((page) => page.accesses)
    .filter(({ read_at }) => horizon === undefined || read_at >= horizon)
    .sort((one, other) => (one.read_at < other.read_at ? 1 : -1));
  for (const access of accesses) {
    const day = dayAt(new Date(access.read_at));
    const groups = days.get(day) ?? new Map<string, AccessGroup>();
    days.set(day, groups);
    const key = [access.role, access.is_you, access.route, access.from_day, access.to_day].join();
    const group = groups.get(key);
    if (group) {
      group.count += 1;
      group.first = access.read_at;
    } else groups.set(key, groupOf(access));
  }
  return [...days].map(([day, groups]) => [day, [...groups.values()]]);
}

function groupOf(access: Access): AccessGroup {
  const { route, role, is_you, read_at, from_day, to_day } = access;
  const days = from_day && to_day ? { from: from_day, to: to_day } : null;
  return { route, role, isYou: is_you, count: 1, first: read_at, last: read_at, days };
}
