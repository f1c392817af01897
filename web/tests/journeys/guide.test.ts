import { drawForGuide } from './guidePictures';
import { ADDRESS, COOPERATIVE, MEMBER, OPERATION, ORGANISER, STAFF } from './people';
import { platform, test } from './visitor';

/** Pictures of docs/guide: who looks, and where. Their names are those of the files. */
const PICTURES: readonly [name: string, email: string, path: string][] = [
  ['my-month', MEMBER, '/month/2026-10'],
  ['a-day', MEMBER, '/day/2026-10-10'],
  ['invoice', MEMBER, '/invoices/{invoice}'],
  ['a-vote', MEMBER, ADDRESS.closedVote],
  ['setting-up', ORGANISER, `/o/${OPERATION}/setup`],
  ['home', ORGANISER, `/o/${OPERATION}`],
  ['close', ORGANISER, `/o/${OPERATION}/months/2026-10`],
  ['people', ORGANISER, `/o/${OPERATION}/people`],
  ['keys', ORGANISER, `/o/${OPERATION}/keys`],
  ['prices', ORGANISER, `/o/${OPERATION}/bills/prices`],
  ['payments', ORGANISER, `/o/${OPERATION}/payments`],
  ['files', ORGANISER, `/o/${OPERATION}/files`],
  ['settings', ORGANISER, `/o/${OPERATION}/settings`],
  ['together', ORGANISER, `/o/${OPERATION}/together`],
  ['staff-today', STAFF, '/staff'],
  ['staff-requests', STAFF, '/staff/requests'],
  ['staff-files', STAFF, '/staff/deliveries'],
  ['staff-expected', STAFF, '/staff/missing'],
  ['staff-programs', STAFF, '/staff/feeds'],
  ['staff-operations', STAFF, '/staff/operations'],
  ['staff-quarantine', STAFF, '/staff/quarantine'],
  ['staff-events', STAFF, '/staff/events'],
  ['staff-accounts', STAFF, '/staff/accounts'],
  ['staff-capital', STAFF, `/staff/capital?organiser=${COOPERATIVE}`],
  ['staff-log', STAFF, '/staff/audit'],
];

// A picture is drawn anew by hand, but what it shows is compared in each run.
test.for(PICTURES)(
  'the picture %s of the guide shows its page',
  async ([name, email, path], { visitor }) => {
    const { page } = visitor;
    const password = email === STAFF ? platform.operatorPassword : platform.password;
    const token = await visitor.logIn(email, password);
    const { request } = visitor.context;
    const headers = { authorization: `Bearer ${token}` };
    const invoices = await request.get('/billing/invoice-summaries', { headers });
    const [invoice] = email === MEMBER ? await invoices.json() : [];
    await visitor.open(path.replace('{invoice}', invoice?.id ?? ''));
    await drawForGuide(page, name);
  },
);
