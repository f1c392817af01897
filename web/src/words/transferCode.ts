import type { components } from '../api/schema/billing';

type Account = components['schemas']['PaidAccountOut'];

const NAME_LETTERS = 70;

/** What a bank’s application reads of a transfer in a QR code (EPC069-12). */
export function transferCode({ name, iban, reference }: Account, cents: number): string {
  const euros = `EUR${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  const holder = name.split(/\s+/u).join(' ').slice(0, NAME_LETTERS);
  return ['BCD', '002', '1', 'SCT', '', holder, iban, euros, '', reference].join('\n');
}
