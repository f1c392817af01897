/** Log-ins of the demonstration, by what each of them shows. */
export const MEMBER = 'lucie.brindille@example.org';
export const PRODUCER = 'soleils-aurelle@example.org';
export const SEVERAL_POINTS = 'mairie-montvergne@example.org';
export const TWO_OPERATIONS = 'fournil-tuiles@example.org';
export const REFUSES_DISPLAY = 'idris.clairbois@example.org';
export const NO_POINT_YET = 'apolline.corniche@example.org';
export const INVITED = 'odette.girouette@example.org';
export const ORGANISER = 'organiser@example.org';
export const STAFF = 'operator@example.org';

export const OPERATION = 'ACC00000101';
/** Who organises it, and has given shares. */
export const COOPERATIVE = 'b7c25777-c1fc-51ef-b4aa-c3426818edaf';

/** Addresses of what the demonstration loads; it has the same ids each time. */
export const ADDRESS = {
  openVote: `/polls/${OPERATION}/2bf0356d-884e-5316-ab2d-3457e50de6d8`,
  closedVote: `/polls/${OPERATION}/a700bf07-1925-5f04-8f1b-77d7151b2cdd`,
  gatheringToCome: '/gatherings/67b8d611-f47b-5550-b9b0-9f87e4554c69',
  gatheringHeld: '/gatherings/c5e2f463-ddc9-5d02-a208-e40ae3338ed9',
  challenge: `/challenges/${OPERATION}/347663b0-0616-5cfa-b6de-1fd3a9543ed2`,
  article: '/news/70e8217f-e044-5eea-bc63-56279e2f5934',
  operation: `/operations/${OPERATION}`,
};
