import { MEMBER, OPERATION, STAFF } from './people';
import { platform, type Visitor } from './visitor';

/** Of addresses what is not the same each time. */
interface Records {
  delivery: string;
  quarantined: string;
  account: string;
  /** It has come to its study. */
  studied: string;
  /** Who sells in the operation of the demonstration. */
  seller: string;
  /** Direct debits of a day. */
  collection: string;
  /** A member of the first operation who leaves it. */
  leavingMember: string;
  /** A sharing key that members vote on. */
  draftKey: string;
  /** What it would have given. */
  comparison: string;
  /** The operation’s convention. */
  paper: string;
}

/** Of the demonstration. */
export async function recordsFor(visitor: Visitor): Promise<Records> {
  const { request } = visitor.context;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const headers = { authorization: `Bearer ${token}` };
  const listed = async (path: string) => (await request.get(path, { headers })).json();
  const deliveries = await listed('/ingest/deliveries');
  const delivery = deliveries.find(
    ({ file_name }: { file_name: string }) => file_name === 'ACC00000101_2026-10.csv',
  );
  const accounts = await listed('/community/accounts');
  const account = accounts.find(({ email }: { email: string }) => email === MEMBER);
  const [record] = await listed('/ingest/quarantine?code=value-negative');
  const sellers = await listed(`/billing/operations/${OPERATION}/sellers`);
  const seller = sellers.find(({ name }: { name: string }) => name.startsWith('Soleils d’Aurelle'));
  const requests = await listed('/community/requests');
  const studied = requests.find(
    ({ commune }: { commune: string }) => commune === 'Montvergne-les-Toits',
  );
  const [collection] = await listed(`/billing/issuers/${seller.member_id}/collections`);
  const enrolments = await listed(`/community/operations/${OPERATION}/enrolments`);
  const leaving = enrolments.find(({ phase }: { phase: string }) => phase === 'leaving');
  const keys = await listed(`/allocation/operations/${OPERATION}/keys`);
  const draft = keys.find(({ state }: { state: string }) => state === 'draft');
  const [comparison] = await listed(`/allocation/simulations?operation_id=${OPERATION}`);
  const papers = await listed(`/community/operations/${OPERATION}/documents`);
  const convention = papers.find(({ kind }: { kind: string }) => kind === 'convention');
  return {
    delivery: delivery.id,
    quarantined: `${record.delivery_id}/${record.number}`,
    account: account.id,
    studied: studied.id,
    seller: seller.member_id,
    collection: `${collection.id}?payee=${seller.member_id}`,
    leavingMember: leaving.member_id,
    draftKey: draft.id,
    comparison: comparison.id,
    paper: convention.id,
  };
}
