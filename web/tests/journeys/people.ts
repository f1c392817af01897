/** Log-ins of the demonstration, by what each of them shows. */
export const MEMBER = 'lucie.brindille@example.org';
export const ORGANISER = 'organiser@example.org';
export const STAFF = 'operator@example.org';
