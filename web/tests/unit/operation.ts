import type { PublicOperation } from '../../src/queries/publicOperations';

/** One that the public is shown, of which little is told. */
export function operation(id: string, content: Partial<PublicOperation>): PublicOperation {
  return {
    id,
    name: id,
    organiser_name: 'Les Volts d’Aurelle',
    organiser_address: '1 place du Marronnier',
    contact_email: null,
    commune_names: [],
    takes_members: true,
    text: null,
    member_count: null,
    plants: [],
    around: null,
    address_service: null,
    ...content,
  };
}
