import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import type { MessageState } from '../words/staffSearches';

type Schemas = components['schemas'];
export type Message = Schemas['MessageOut'];
export type Recipient = Schemas['RecipientOut'];

/** Of each state that one looks for, those of the platform. */
const STATUSES: Record<MessageState, Recipient['status'][]> = {
  waiting: ['queued'],
  lost: ['bounced', 'failed'],
};

/** The newest. */
const MESSAGES = 200;

/** E-mails to members with a recipient in this state, the newest first. */
export function messagesQuery(state: MessageState | undefined) {
  const query = { limit: MESSAGES, ...(state ? { status: STATUSES[state] } : {}) };
  return queryOptions({
    queryKey: ['messages', state],
    queryFn: () => unwrap(api.GET('/community/messages', { params: { query } })),
    staleTime: 10_000,
  });
}
