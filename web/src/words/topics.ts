/** What somebody looked at, by a part of the route: the first that fits counts. */
const TOPICS = [
  ['/load-curve', 'curve'],
  ['/points/{prm}/revisions', 'revisions'],
  ['/daily-energies', 'days'],
  ['/quarantine', 'quarantine'],
  ['/allocation/', 'shares'],
  ['/consents', 'consents'],
  ['/data.zip', 'archive'],
  ['/erasure', 'erasure'],
  ['/capital', 'capital'],
  ['/messages', 'messages'],
  ['/mailings', 'messages'],
  ['/documents', 'documents'],
  ['/declarations', 'declarations'],
  ['/location', 'place'],
  ['/perimeter.geojson', 'place'],
  ['/roll', 'polls'],
  ['/replies', 'gatherings'],
  ['/attendance', 'gatherings'],
  ['/accounts', 'logIn'],
  ['/invitations', 'logIn'],
  ['/community/points', 'point'],
  ['/community/members', 'record'],
  ['/supplier-offer', 'offer'],
  ['/bills', 'offer'],
  ['/mandate', 'bank'],
  ['/creditor', 'bank'],
  ['/collections', 'bank'],
  ['/payouts', 'bank'],
  ['/open-items', 'owed'],
  ['/preflight', 'invoices'],
  ['/invoices', 'invoices'],
  ['/statements', 'statements'],
  ['/surplus-contract', 'seller'],
  ['/profile', 'seller'],
  ['/routing', 'seller'],
  ['/billing/', 'billing'],
  ['/ingest/', 'days'],
] as const;

type Topic = (typeof TOPICS)[number][1] | 'other';

export function topicOf(route: string): Topic {
  return TOPICS.find(([part]) => route.includes(part))?.[1] ?? 'other';
}
