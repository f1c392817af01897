import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of where the points of an operation are, and whether the law lets them share. */
export const mapWords = both(
  {
    lead: 'La loi mesure d’un compteur à l’autre : voici les points qui participent aujourd’hui.',
    picture: 'Les points de l’opération',
    sentence: (points: number, longest: string | null, limit: string | null) =>
      [
        `${counted.fr(points, 'point', 'points')} sur un quadrillage, le nord en haut.`,
        longest && `Les deux plus éloignés sont à ${longest} l’un de l’autre.`,
        limit && `La loi permet ${limit} au plus.`,
      ]
        .filter(Boolean)
        .join(' '),
    cell: (length: string) => `un carré : ${length}`,
    north: 'N',
    consumers: 'consomme',
    plants: 'produit',
    limit: 'Le cercle a cette largeur.',
    nowhere: 'Aucun lieu n’est noté. Notez celui de chaque compteur, sur la page de son membre.',
    missing: 'Points dont le lieu n’est pas noté',
    problems: 'Ce qu’il faut regarder',
    noProblem: 'Rien : ces points peuvent partager.',
    breach: 'la loi ne le permet pas',
    table: 'Les points, par leur numéro sur l’image',
    number: 'N°',
    name: 'Membre',
    point: 'Point',
    power: (installed: string, below: string | null) =>
      below ? `${installed} installés, la loi permet moins de ${below}` : `${installed} installés`,
    located: (located: number, all: number) => `${located} lieux notés sur ${all} points.`,
  },
  {
    lead: 'The law measures from meter to meter: these are the points that take part today.',
    picture: 'The points of the operation',
    sentence: (points, longest, limit) =>
      [
        `${counted.en(points, 'point', 'points')} on a grid, north is up.`,
        longest && `The two farthest are ${longest} apart.`,
        limit && `The law allows ${limit} at most.`,
      ]
        .filter(Boolean)
        .join(' '),
    cell: (length) => `a square: ${length}`,
    north: 'N',
    consumers: 'consumes',
    plants: 'produces',
    limit: 'The circle is as wide.',
    nowhere: 'No place is recorded. Record that of each meter, on the page of its member.',
    missing: 'Points whose place is not recorded',
    problems: 'What to look at',
    noProblem: 'Nothing: these points may share.',
    breach: 'the law does not allow it',
    table: 'The points, by their number in the picture',
    number: 'No.',
    name: 'Member',
    point: 'Point',
    power: (installed, below) =>
      below
        ? `${installed} installed, the law allows less than ${below}`
        : `${installed} installed`,
    located: (located, all) => `${located} places recorded of ${all} points.`,
  },
);
