import type { components } from '../api/schema/community';
import { both } from '../words/language';

type Kind = components['schemas']['MemberOut']['kind'];

/** What a member is. */
export const memberKindWords = both<Record<Kind, string>>(
  { household: 'foyer', company: 'entreprise', public_body: 'organisme public' },
  { household: 'household', company: 'company', public_body: 'public body' },
);
