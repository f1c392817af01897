import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type Schedule = components['schemas']['ScheduleOut'];
export type Reminder = components['schemas']['ReminderOut'];

/** When a seller reminds, from which due date on; empty: as usual. */
export function schedulesQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'schedules', issuer_id],
    queryFn: () =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/reminder-schedule', {
          params: { path: { issuer_id } },
        }),
      ),
    staleTime: 60_000,
  });
}

/** Set when a seller reminds, for what falls due from a day on. Throws Problem. */
export function saveSchedule(issuer_id: string, body: Schedule): Promise<Schedule[]> {
  const params = { path: { issuer_id } };
  return unwrap(api.PUT('/billing/issuers/{issuer_id}/reminder-schedule', { params, body }));
}

/** Make all reminders that are due on a day, and mail them if the seller mails any. Throws Problem. */
export function remind(issuer_id: string, day: string): Promise<Reminder[]> {
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/reminders', {
      params: { path: { issuer_id } },
      body: { day },
    }),
  );
}
