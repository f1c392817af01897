import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of bank statements, and of what is matched by hand. */
export const statementWords = both(
  {
    title: 'Relevés de banque',
    take: 'Prendre un relevé',
    takeHelp: (end: string) =>
      `Demandez à votre banque le relevé du compte qui finit par ${end} au format camt.053 (XML). Ce qui est déjà pris ne compte pas deux fois : vous pouvez reprendre un relevé sans risque.`,
    choose: 'Choisir les fichiers',
    coming: 'Les relevés sont lus…',
    taken: (read: number, fresh: number, matched: number) =>
      fresh === 0
        ? `${counted.fr(read, 'mouvement lu', 'mouvements lus')} : tout était déjà connu.`
        : `${counted.fr(fresh, 'nouveau mouvement', 'nouveaux mouvements')}, dont ${matched} ${matched < 2 ? 'rapproché tout seul' : 'rapprochés tout seuls'}.`,
    gap: (end: string, day: string, opening: string, before: string) =>
      `Le relevé du ${day} du compte qui finit par ${end} commence à ${opening}, mais le précédent finissait à ${before} : il en manque un entre les deux. Demandez-le à votre banque.`,
    waiting: 'À rapprocher',
    waitingHelp:
      'Aucune règle ne dit ce que paient ces mouvements. Dites de ceux qui ne concernent pas les factures (loyer, frais…) qu’ils n’en concernent pas : votre comptable les retrouve au compte 471.',
    nothingWaits: 'Rien n’attend : tout ce qui est venu est rapproché.',
    all: 'Tous les mouvements',
    newestFirst: 'Le plus récent d’abord',
    none: 'Aucun mouvement n’est encore connu.',
    more: 'Voir les mouvements d’avant',
    match: 'Rapprocher',
    matchOf: (sum: string, name: string) => `Rapprocher ${sum}, ${name}`,
    unknownParty: 'sans nom',
    day: 'Jour',
    party: 'De ou à',
    words: 'Libellé',
    amount: 'Montant',
    reference: 'Référence de la banque',
    returned: (reason: string) => `Renvoyé par la banque : ${reason}.`,
    matchedBy: {
      'end-to-end-id': 'rapproché par l’identifiant de l’ordre',
      batch: 'rapproché avec tout un prélèvement',
      mandate: 'rapproché par le mandat',
      reference: 'rapproché par la référence',
      'invoice-number': 'rapproché par le numéro de facture',
      account: 'rapproché par le compte',
      'amount-and-name': 'rapproché par le montant et le nom',
      hand: 'rapproché à la main',
      'not-ours': 'ne concerne pas les factures (compte 471)',
    },
    notMatched: 'pas encore rapproché',
    movement: 'Le mouvement',
    candidatesHelp:
      'Les plus probables d’abord. Cochez la bonne, ou plusieurs : chacune reçoit ce qui est ouvert, la dernière le reste.',
    notFound: 'Rien d’ouvert ne correspond à cette recherche.',
    search: 'Numéro, client ou montant',
    reasons: { number: 'même numéro', amount: 'même montant', name: 'même nom' },
    paying: {
      candidates: 'Quelle facture paie-t-il ?',
      noCandidate: 'Aucune facture ouverte : ce mouvement n’en paie pas.',
      due: (day: string) => `à payer le ${day}`,
      moreCandidates: (count: number) =>
        `${counted.fr(count, 'autre facture ouverte', 'autres factures ouvertes')} : cherchez-la par son numéro, son client ou son montant.`,
      exact: (number: string, name: string) =>
        `La facture ${number} de ${name} sera payée en entier.`,
      less: (number: string, name: string, left: string) =>
        `La facture ${number} de ${name} sera payée en partie : il en restera ${left}.`,
      over: (number: string, name: string, credit: string) =>
        `La facture ${number} de ${name} sera payée, et ${credit} resteront à rendre ou à déduire.`,
      checked: 'J’ai vérifié que c’est bien cette facture',
    },
    refunding: {
      candidates: 'Que rend-il à un client ?',
      noCandidate: 'Rien n’est à rendre à un client : ce mouvement ne rembourse personne.',
      due: (day: string) => `à rendre ou à déduire, du ${day}`,
      moreCandidates: (count: number) =>
        `${counted.fr(count, 'autre somme à rendre', 'autres sommes à rendre')} : cherchez-la par son numéro, son client ou son montant.`,
      exact: (number: string, name: string) =>
        `Ce qui est à rendre à ${name} pour ${number} sera rendu en entier.`,
      less: (number: string, name: string, left: string) =>
        `Ce qui est à rendre à ${name} pour ${number} sera rendu en partie : il en restera ${left} à rendre.`,
      over: (number: string, name: string, excess: string) =>
        `Ce qui est à rendre à ${name} pour ${number} sera rendu, et ${excess} de trop seront à redemander.`,
      checked: 'J’ai vérifié que c’est bien ce qui est à rendre',
    },
    entered:
      'Cela entre dans la comptabilité ; si vous le reprenez, des écritures contraires y entrent.',
    transfer: {
      refunding: {
        title: 'Est-ce un virement de vos fichiers ?',
        help: 'La banque n’a pas dit lequel elle a fait : choisissez-le. Il compte alors comme fait, pour de bon.',
      },
      paying: {
        title: 'Est-ce un de vos virements qui revient ?',
        help: 'La banque n’a pas dit lequel elle a rendu : choisissez-le. Sa somme est alors due de nouveau, pour de bon.',
      },
      which: 'Virement',
      choose: 'Choisir…',
      refund: (name: string, day: string, numbers: string) =>
        `Remboursement du ${day} à ${name} (${numbers})`,
      payout: (name: string, day: string, _: string) => `Reversement du ${day} à ${name}`,
      cancelled: (transfer: string) => `${transfer}, annulé ou rejeté`,
    },
    notOurs: 'Ce mouvement ne concerne pas les factures ?',
    notOursHelp:
      'Loyer, frais de banque… : il entre au compte 471, où votre comptable le retrouve, et n’attend plus ici.',
    setNotOurs: 'Il ne concerne pas les factures',
    suspense: 'le compte 471',
    pays: (document: string, sum: string) => `${document} : ${sum}`,
    takeBack: 'Reprendre',
    takeBackOf: (sum: string, name: string) => `Reprendre ${sum}, ${name}`,
    takeBackHelp:
      'Des écritures contraires entrent dans la comptabilité, et le mouvement attend de nouveau d’être rapproché.',
    reallyTakeBack: 'Oui, le reprendre',
    confirm: 'Rapprocher',
    done: (number: string) => `C’est fait : ce mouvement est entré pour ${number}.`,
    gone: 'Ce mouvement est déjà rapproché, ou n’existe pas.',
    account: 'Compte',
  },
  {
    title: 'Bank statements',
    take: 'Take in a statement',
    takeHelp: (end) =>
      `Ask your bank for the statement of the account that ends with ${end} as camt.053 (XML). What was taken in before is not counted twice: a statement may safely be taken in again.`,
    choose: 'Choose files',
    coming: 'The statements are being read…',
    taken: (read, fresh, matched) =>
      fresh === 0
        ? `${counted.en(read, 'transaction was', 'transactions were')} read: all was known already.`
        : `${counted.en(fresh, 'new transaction', 'new transactions')}, ${matched} of them matched by ${matched === 1 ? 'itself' : 'themselves'}.`,
    gap: (end, day, opening, before) =>
      `The statement of ${day} of the account that ends with ${end} begins with ${opening}, but the one before ended with ${before}: one is missing between them. Ask your bank for it.`,
    waiting: 'To be matched',
    waitingHelp:
      'No rule says what these transactions pay. Say so of those that have nothing to do with invoices (rent, fees…): your accountant finds them on account 471.',
    nothingWaits: 'Nothing waits: all that came is matched.',
    all: 'All transactions',
    newestFirst: 'The newest first',
    none: 'No transaction is known yet.',
    more: 'Show earlier transactions',
    match: 'Match',
    matchOf: (sum, name) => `Match ${sum}, ${name}`,
    unknownParty: 'without a name',
    day: 'Day',
    party: 'From or to',
    words: 'Text',
    amount: 'Amount',
    reference: 'Reference of the bank',
    returned: (reason) => `Returned by the bank: ${reason}.`,
    matchedBy: {
      'end-to-end-id': 'matched by the id of the order',
      batch: 'matched with a whole collection',
      mandate: 'matched by the mandate',
      reference: 'matched by the reference',
      'invoice-number': 'matched by the invoice’s number',
      account: 'matched by the account',
      'amount-and-name': 'matched by amount and name',
      hand: 'matched by hand',
      'not-ours': 'has to do with no invoice (account 471)',
    },
    notMatched: 'not matched yet',
    movement: 'The transaction',
    candidatesHelp:
      'The most likely ones first. Choose the right one, or several: each gets what is open, the last one the rest.',
    notFound: 'Nothing that is open is like that.',
    search: 'Number, customer or amount',
    reasons: { number: 'same number', amount: 'same amount', name: 'same name' },
    paying: {
      candidates: 'Which invoice does it pay?',
      noCandidate: 'No invoice is open: this transaction pays none.',
      due: (day) => `due on ${day}`,
      moreCandidates: (count) =>
        `${counted.en(count, 'other open invoice', 'other open invoices')}: search it by its number, customer or amount.`,
      exact: (number, name) => `Invoice ${number} of ${name} will be paid in full.`,
      less: (number, name, left) =>
        `Invoice ${number} of ${name} will be paid in part: ${left} will be left.`,
      over: (number, name, credit) =>
        `Invoice ${number} of ${name} will be paid, and ${credit} will be left to pay back or deduct.`,
      checked: 'I have checked that it is this invoice',
    },
    refunding: {
      candidates: 'What does it pay back to a customer?',
      noCandidate: 'Nothing is to be paid back to a customer: this transaction refunds nobody.',
      due: (day) => `to be paid back or deducted, of ${day}`,
      moreCandidates: (count) =>
        `${counted.en(count, 'other sum to be paid back', 'other sums to be paid back')}: search it by its number, customer or amount.`,
      exact: (number, name) => `What is owed to ${name} for ${number} will be paid back in full.`,
      less: (number, name, left) =>
        `What is owed to ${name} for ${number} will be paid back in part: ${left} will be left to pay back.`,
      over: (number, name, excess) =>
        `What is owed to ${name} for ${number} will be paid back, and ${excess} too much is to be asked back.`,
      checked: 'I have checked that it is what is to be paid back',
    },
    entered: 'It is entered in the books; if you take it back, reversing entries are made.',
    transfer: {
      refunding: {
        title: 'Is it a transfer of your files?',
        help: 'The bank has not said which one it made: choose it. It counts as made then, for good.',
      },
      paying: {
        title: 'Is it one of your transfers that comes back?',
        help: 'The bank has not said which one it returned: choose it. Its sum is owed again then, for good.',
      },
      which: 'Transfer',
      choose: 'Choose…',
      refund: (name, day, numbers) => `Refund of ${day} to ${name} (${numbers})`,
      payout: (name, day, _) => `Payout of ${day} to ${name}`,
      cancelled: (transfer) => `${transfer}, cancelled or rejected`,
    },
    notOurs: 'Has this transaction to do with no invoice?',
    notOursHelp:
      'Rent, fees of the bank…: it is entered on account 471, where your accountant finds it, and waits here no longer.',
    setNotOurs: 'It has to do with no invoice',
    suspense: 'account 471',
    pays: (document, sum) => `${document}: ${sum}`,
    takeBack: 'Take back',
    takeBackOf: (sum, name) => `Take back ${sum}, ${name}`,
    takeBackHelp:
      'Reversing entries are made in the books, and the transaction waits to be matched again.',
    reallyTakeBack: 'Yes, take it back',
    confirm: 'Match',
    done: (number) => `Done: this transaction is entered for ${number}.`,
    gone: 'This transaction is matched already, or is not there.',
    account: 'Account',
  },
);
