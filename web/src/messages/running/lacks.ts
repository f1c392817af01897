import type { Lack } from '../../queries/feasibility';
import { both } from '../../words/language';

/** What the law does not allow of a perimeter, or what is not known of it. */
export const lackWords = both<Record<Lack, string>>(
  {
    too_far: 'Deux points sont plus loin l’un de l’autre que la loi ne le permet',
    too_powerful: 'Les centrales sont plus puissantes que la loi ne le permet',
    outside_communes: 'Un point est dans une commune que la dérogation ne nomme pas',
    not_public: 'Un foyer participe parmi des organismes publics',
    basis_unknown: 'Le cadre légal de l’opération n’est pas noté',
    rule_unknown: 'La loi n’avait pas ce cas ce jour-là',
    decision_unknown: 'La décision de dérogation, ou ses communes, ne sont pas notées',
    place_unknown: 'Le lieu de certains points n’est pas noté',
    commune_unknown: 'La commune de certains points n’est pas notée',
    power_unknown: 'La puissance de certaines centrales n’est pas notée',
    medium_voltage:
      'Un point est en moyenne tension : toutes les centrales doivent être renouvelables',
  },
  {
    too_far: 'Two points are farther apart than the law allows',
    too_powerful: 'The plants are more powerful than the law allows',
    outside_communes: 'A point is in a town that the derogation does not name',
    not_public: 'A household takes part among public bodies',
    basis_unknown: 'The legal basis of the operation is not recorded',
    rule_unknown: 'The law had no such case that day',
    decision_unknown: 'The decision of the derogation, or its towns, are not recorded',
    place_unknown: 'The place of some points is not recorded',
    commune_unknown: 'The town of some points is not recorded',
    power_unknown: 'The power of some plants is not recorded',
    medium_voltage: 'A point is of medium voltage: all plants have to be renewable',
  },
);
