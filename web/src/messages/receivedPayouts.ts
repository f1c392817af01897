import { both } from '../words/language';

/** Of what a seller is paid by whoever collects for it. */
export const receivedPayoutWords = both(
  {
    title: 'Reversements reçus',
    help: 'Quelqu’un encaisse pour vous, puis vous reverse. Le relevé dit ce qui est encaissé, revenu et gardé, facture par facture.',
    of: (day: string, sum: string) => `Le ${day} : ${sum}`,
    waits: 'en route',
    failed: 'non versé : il vous reste dû',
    statement: 'Relevé (PDF)',
    statementOf: (number: string) => `Relevé du reversement ${number}`,
  },
  {
    title: 'Payouts received',
    help: 'Somebody collects for you, and pays you out. The statement says what came, went back and is kept, invoice by invoice.',
    of: (day, sum) => `On ${day}: ${sum}`,
    waits: 'on its way',
    failed: 'not paid: it is still owed to you',
    statement: 'Statement (PDF)',
    statementOf: (number) => `Statement of payout ${number}`,
  },
);
