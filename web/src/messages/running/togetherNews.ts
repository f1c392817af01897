import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of the pages on which an organiser writes news. */
export const writingNewsWords = both(
  {
    title: 'Nouvelles',
    none: 'Rien n’est encore écrit. La première nouvelle dit par exemple qui vous êtes.',
    more: 'Voir les précédentes',
    newTitle: 'Écrire une nouvelle',
    audience: 'Qui la lit',
    heading: 'Titre',
    text: 'Texte',
    textHelp: 'Une ligne vide commence un paragraphe.',
    how: 'Mettre en forme',
    forms: [
      ['# Un intertitre', 'une ligne qui titre ce qui suit'],
      ['**important**', 'en gras'],
      ['- une chose', 'une liste, une chose par ligne'],
      ['[le site](https://exemple.org)', 'un lien'],
    ] as readonly (readonly [string, string])[],
    pinned: 'La mettre à la une, au-dessus des autres',
    preview: 'Aperçu',
    nothingYet: 'Ce que vous écrivez se montre ici comme le liront les membres.',
    publish: 'Publier',
    publishTo: (count: number) =>
      `${counted.fr(count, 'membre la lira et en sera prévenu', 'membres la liront et en seront prévenus')} : sur la page aussitôt, et par e-mail comme chacun l’a choisi, en général dans le résumé du lendemain matin.`,
    publishToNobody:
      'Aucun membre ne la lira : elle est pour les organisateurs et l’équipe, que rien ne prévient.',
    publishToEmpty: 'Personne ne participe de ce côté aujourd’hui : personne n’en sera prévenu.',
    final: 'Publiée, elle ne se corrige plus : on la retire, et on en publie une autre.',
    read: 'J’ai relu l’aperçu',
    published: (day: string, who: string) => `Publiée le ${day}. Lue par : ${who}.`,
    withdrawn: (day: string) => `Retirée le ${day} : les membres ne la voient plus.`,
    pin: 'Mettre à la une',
    unpin: 'Ne plus mettre à la une',
    withdraw: 'Retirer cette nouvelle',
    withdrawHelp:
      'Elle disparaît de la page des membres, et sa notification aussi. Les e-mails déjà partis restent. Elle ne revient pas : il faut en écrire une autre.',
    withdrawTick: 'Je veux la retirer pour de bon',
    withdrawNow: 'Retirer',
  },
  {
    title: 'News',
    none: 'Nothing is written yet. The first article says who you are, for example.',
    more: 'Show older ones',
    newTitle: 'Write news',
    audience: 'Who reads it',
    heading: 'Title',
    text: 'Text',
    textHelp: 'An empty line begins a paragraph.',
    how: 'How to format it',
    forms: [
      ['# A heading', 'a line that heads what follows'],
      ['**important**', 'in bold'],
      ['- a thing', 'a list, one thing on each line'],
      ['[the site](https://example.org)', 'a link'],
    ],
    pinned: 'Pin it above the others',
    preview: 'Preview',
    nothingYet: 'What you write is shown here as members will read it.',
    publish: 'Publish',
    publishTo: (count) =>
      `${counted.en(count, 'member will read it and be notified', 'members will read it and be notified')}: on the page at once, and by e-mail as each has chosen, as a rule in the digest of the next morning.`,
    publishToNobody:
      'No member will read it: it is for organisers and staff, who are not notified.',
    publishToEmpty: 'Nobody takes part on that side today: nobody will be notified.',
    final: 'Once published it cannot be corrected: withdraw it, and publish another one.',
    read: 'I have read the preview',
    published: (day, who) => `Published on ${day}. Read by: ${who}.`,
    withdrawn: (day) => `Withdrawn on ${day}: members do not see it any more.`,
    pin: 'Pin it',
    unpin: 'Unpin it',
    withdraw: 'Withdraw this article',
    withdrawHelp:
      'It disappears from the page of members, and so does its notification. E-mails that were sent stay. It does not come back: another one has to be written.',
    withdrawTick: 'I want to withdraw it for good',
    withdrawNow: 'Withdraw',
  },
);
