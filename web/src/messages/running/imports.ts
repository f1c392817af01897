import type { Change, Column, ListKind, Thing } from '../../words/imports';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface ImportWords {
  which: string;
  lists: Record<ListKind, string>;
  leads: Record<ListKind, string>;
  file: string;
  drop: string;
  choose: string;
  template: string;
  templateName: Record<ListKind, string>;
  headings: string;
  headingsCaption: string;
  heading: string;
  meaning: string;
  needed: string;
  columns: Record<Column, string>;
  text: string;
  textHelp: string;
  notUtf8: string;
  check: string;
  result: string;
  refused: (count: number) => string;
  refusedHelp: string;
  refusedCaption: string;
  noneRefused: string;
  line: string;
  who: string;
  why: string;
  wrong: (column: string, form: string) => string;
  changes: string;
  changing: string;
  changesCaption: string;
  nothing: string;
  unchanged: (count: number) => string;
  things: Record<Thing, string>;
  change: Record<Change, string>;
  what: (thing: string, change: string) => string;
  more: (count: number) => string;
  counts: Record<Thing, (count: number) => string>;
  toDo: Record<Change, (what: string) => string>;
  old: string;
  import: string;
  effect: string;
  sure: string;
  done: string;
  toMembers: string;
  planTitle: string;
  planHelp: (count: number) => string;
  start: string;
  plan: string;
  planned: (count: number) => string;
  toBoard: string;
}

/** Of how members and participations come from a spreadsheet. */
export const importWords = both<ImportWords>(
  {
    which: 'Quel tableau',
    lists: { members: 'Membres et points', participations: 'Participations seules' },
    leads: {
      members:
        'Un tableau de vos membres et de leurs points devient leurs fiches. Le même tableau, corrigé ou plus long, peut revenir : ce qui y est déjà n’est pas ajouté deux fois.',
      participations:
        'Pour reprendre une ancienne liste : quels points participent, de quel jour à quel jour. Les membres et les points sont déjà là.',
    },
    file: 'Le tableau',
    drop: 'Déposez un fichier CSV ici, choisissez-le, ou collez les cellules de votre tableur plus bas.',
    choose: 'Choisir un fichier',
    template: 'Télécharger un modèle',
    templateName: { members: 'modele-membres.csv', participations: 'modele-participations.csv' },
    headings: 'Que veulent dire les titres des colonnes ?',
    headingsCaption: 'Les colonnes du tableau ; les autres sont refusées',
    heading: 'Titre',
    meaning: 'Ce qu’il y faut',
    needed: 'à remplir',
    columns: {
      reference:
        'Votre propre numéro du membre, 40 caractères au plus : il le reconnaît d’une fois à l’autre',
      kind: 'household (foyer), company (entreprise) ou public_body (organisme public)',
      name: 'Son nom, tel qu’il sera sur les factures',
      address: 'Son adresse ; sur plusieurs lignes entre guillemets',
      email: 'Une adresse e-mail, ou rien',
      siren: 'Les 9 chiffres du SIREN, sans faute',
      vat_number: 'Le numéro de TVA : FR, deux caractères et le SIREN',
      language: 'fr ou en ; rien : français',
      delivery_address: 'Où l’énergie est livrée, si ce n’est pas à son adresse',
      prm: 'Les 14 chiffres du PRM ; dans un tableur, mettez la colonne en « texte »',
      label: 'Le nom du point, tel que chacun le lira',
      subscribed_power_va: 'La puissance souscrite en VA, un nombre entier : 6 kVA s’écrit 6000',
      installed_power_w: 'La puissance d’une centrale en W, un nombre entier : 9 kWc s’écrit 9000',
      production_kind: 'solar, wind, hydro ou biomass, pour une centrale',
      direction: 'soutirage (consomme) ou injection (produit), avec un premier jour',
      valid_from: 'Le premier jour, comme 31/01/2026',
      valid_to: 'Le premier jour où il ne participe plus, comme 31/01/2026, ou rien',
      member_id: 'L’identifiant du membre ; le modèle donne ceux de votre opération',
    },
    text: 'Contenu du tableau',
    textHelp: 'Vous pouvez corriger ici même, puis vérifier à nouveau.',
    notUtf8:
      'Ce fichier n’est pas en UTF-8 : les accents seraient faux. Enregistrez-le en « CSV UTF-8 », ou collez ses cellules ci-dessous.',
    check: 'Vérifier le tableau',
    result: 'Ce que le tableau ferait',
    refused: (count) => counted.fr(count, 'ligne refusée', 'lignes refusées'),
    refusedHelp: 'Corrigez-les ou enlevez-les : rien n’est importé tant qu’il en reste.',
    refusedCaption: 'Lignes à corriger',
    noneRefused: 'Aucune ligne n’est refusée.',
    line: 'Ligne',
    who: 'Qui',
    why: 'Pourquoi',
    wrong: (column, form) => `Colonne «\u00a0${column}\u00a0» : ${form}.`,
    changes: 'Ligne par ligne',
    changing: 'Changement',
    changesCaption: 'Ce que chaque ligne changerait',
    nothing: 'Rien ne changerait : tout est déjà noté ainsi.',
    unchanged: (count) => counted.fr(count, 'ligne ne change rien', 'lignes ne changent rien'),
    things: { member: 'membre', point: 'point', participation: 'participation' },
    change: { added: 'ajout', changed: 'changement', ended: 'fin', unchanged: 'sans changement' },
    what: (thing, change) => `${thing} : ${change}`,
    more: (count) => `Et ${counted.fr(count, 'autre ligne', 'autres lignes')}.`,
    counts: {
      member: (count) => counted.fr(count, 'membre', 'membres'),
      point: (count) => counted.fr(count, 'point', 'points'),
      participation: (count) => counted.fr(count, 'participation', 'participations'),
    },
    toDo: {
      added: (what) => `${what} à ajouter`,
      changed: (what) => `${what} à changer`,
      ended: (what) => `${what} à terminer`,
      unchanged: (what) => what,
    },
    old: 'Le tableau a changé depuis : vérifiez-le à nouveau.',
    import: 'Importer',
    effect:
      'Tout est importé d’un coup, ou rien. Les fiches se corrigent ensuite ; un membre ajouté ne s’enlève plus d’ici.',
    sure: 'J’ai relu ce qui va changer',
    done: 'C’est importé.',
    toMembers: 'Voir les membres',
    planTitle: 'Prévoir leur entrée',
    planHelp: (count) =>
      count < 2
        ? 'Le point importé ne participe pas encore. Il peut commencer son chemin : accord à signer, puis déclaration au réseau.'
        : `Les ${count}\u00a0points importés ne participent pas encore. Ils peuvent commencer leur chemin : accord à signer, puis déclaration au réseau.`,
    start: 'Premier jour prévu, que vous pourrez changer',
    plan: 'Prévoir l’entrée',
    planned: (count) => counted.fr(count, 'entrée est prévue.', 'entrées sont prévues.'),
    toBoard: 'Voir les entrées',
  },
  {
    which: 'Which table',
    lists: { members: 'Members and points', participations: 'Participations alone' },
    leads: {
      members:
        'A table of your members and their points becomes their records. The same table, corrected or longer, may come again: what is there already is not added twice.',
      participations:
        'To take over a former list: which points take part, from which day to which. Members and points are there already.',
    },
    file: 'The table',
    drop: 'Drop a CSV file here, choose it, or paste the cells of your spreadsheet below.',
    choose: 'Choose a file',
    template: 'Download a template',
    templateName: {
      members: 'template-members.csv',
      participations: 'template-participations.csv',
    },
    headings: 'What do the headings of the columns mean?',
    headingsCaption: 'The columns of the table; others are refused',
    heading: 'Heading',
    meaning: 'What it wants',
    needed: 'to be filled',
    columns: {
      reference:
        'Your own number of the member, 40 characters at most: it tells them again each time',
      kind: 'household, company or public_body',
      name: 'Their name, as it will be on invoices',
      address: 'Their address; of several lines in quotes',
      email: 'An e-mail address, or nothing',
      siren: 'The 9 digits of the SIREN, without a mistake',
      vat_number: 'The VAT number: FR, two characters and the SIREN',
      language: 'fr or en; nothing: French',
      delivery_address: 'Where the energy is delivered, if not at their address',
      prm: 'The 14 digits of the PRM; in a spreadsheet, make the column “text”',
      label: 'The name of the point, as everybody will read it',
      subscribed_power_va: 'The subscribed power in VA, a whole number: 6 kVA is written 6000',
      installed_power_w: 'The power of a plant in W, a whole number: 9 kWp is written 9000',
      production_kind: 'solar, wind, hydro or biomass, of a plant',
      direction: 'consumption or production, with a first day',
      valid_from: 'The first day, such as 31/01/2026',
      valid_to: 'The first day on which it no longer takes part, such as 31/01/2026, or nothing',
      member_id: 'The id of the member; the template has those of your operation',
    },
    text: 'Content of the table',
    textHelp: 'You can correct it here, then check it again.',
    notUtf8:
      'This file is not in UTF-8: accents would come out wrong. Save it as “CSV UTF-8”, or paste its cells below.',
    check: 'Check the table',
    result: 'What the table would do',
    refused: (count) => counted.en(count, 'line refused', 'lines refused'),
    refusedHelp: 'Correct or remove them: nothing is imported as long as there are any.',
    refusedCaption: 'Lines to correct',
    noneRefused: 'No line is refused.',
    line: 'Line',
    who: 'Who',
    why: 'Why',
    wrong: (column, form) => `Column “${column}”: ${form}.`,
    changes: 'Line by line',
    changing: 'Change',
    changesCaption: 'What each line would change',
    nothing: 'Nothing would change: all is recorded so already.',
    unchanged: (count) => counted.en(count, 'line changes nothing', 'lines change nothing'),
    things: { member: 'member', point: 'point', participation: 'participation' },
    change: { added: 'added', changed: 'changed', ended: 'ended', unchanged: 'unchanged' },
    what: (thing, change) => `${thing}: ${change}`,
    more: (count) => `And ${counted.en(count, 'more line', 'more lines')}.`,
    counts: {
      member: (count) => counted.en(count, 'member', 'members'),
      point: (count) => counted.en(count, 'point', 'points'),
      participation: (count) => counted.en(count, 'participation', 'participations'),
    },
    toDo: {
      added: (what) => `${what} to add`,
      changed: (what) => `${what} to change`,
      ended: (what) => `${what} to end`,
      unchanged: (what) => what,
    },
    old: 'The table has changed since: check it again.',
    import: 'Import',
    effect:
      'All of it is imported at once, or nothing. Records can be corrected later; a member that was added does not go from here.',
    sure: 'I have read what will change',
    done: 'It is imported.',
    toMembers: 'See the members',
    planTitle: 'Plan their entry',
    planHelp: (count) =>
      count === 1
        ? 'The imported point does not take part yet. It can begin its way: agreement to sign, then declaration to the grid.'
        : `The ${count} imported points do not take part yet. They can begin their way: agreement to sign, then declaration to the grid.`,
    start: 'First day planned, which you can change',
    plan: 'Plan the entry',
    planned: (count) => counted.en(count, 'entry is planned.', 'entries are planned.'),
    toBoard: 'See the entries',
  },
);
