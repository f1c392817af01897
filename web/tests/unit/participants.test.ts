import { expect, test } from 'vitest';
import {
  filledIn,
  memberIn,
  POWER_FORM,
  pointIn,
  prmIn,
  thousandsIn,
  thousandsText,
} from '../../src/words/participants';

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test('a member is sent as the platform keeps one, however its numbers were grouped', () => {
  const form = formOf({
    kind: 'company',
    name: ' Toits du Lavoir, SAS ',
    address: '2 place du Lavoir\r\n99770 Fontclaire',
    email: '',
    siren: '995 000 031',
    vat_number: 'fr 93 995000031',
  });

  expect(memberIn(form)).toEqual({
    kind: 'company',
    name: 'Toits du Lavoir, SAS',
    address: '2 place du Lavoir\n99770 Fontclaire',
    delivery_address: null,
    email: null,
    language: 'fr',
    siren: '995000031',
    vat_number: 'FR93995000031',
  });
});

test('a member that is corrected has also what the form of a new one does not ask for', () => {
  const form = formOf({
    kind: 'household',
    delivery_address: '5 rue de la Source',
    language: 'en',
  });
  expect(memberIn(form)).toMatchObject({
    kind: 'household',
    delivery_address: '5 rue de la Source',
    language: 'en',
  });
});

test('a point has the power of its side: kWc of a plant in W, kVA of a supply in VA', () => {
  const form = formOf({
    prm: '99 7700 0000 0010',
    label: 'Toit',
    power: '36,5',
    production_kind: 'solar',
  });

  expect(prmIn(form)).toBe('99770000000010');
  expect(pointIn(form, 'production')).toEqual({
    label: 'Toit',
    installed_power_w: 36_500,
    production_kind: 'solar',
    subscribed_power_va: null,
  });
  expect(pointIn(form, 'consumption')).toEqual({
    label: 'Toit',
    installed_power_w: null,
    production_kind: null,
    subscribed_power_va: 36_500,
  });
  form.set('power', '');
  expect(pointIn(form, 'consumption').subscribed_power_va).toBeNull();
});

test('a point that there is keeps what is recorded of it, and is filled in where nothing is', () => {
  const recorded = {
    label: 'Toit',
    installed_power_w: null,
    production_kind: null,
    subscribed_power_va: 9000,
  };
  const typed = {
    ...recorded,
    label: 'Le toit',
    installed_power_w: 36_500,
    subscribed_power_va: 6,
  };
  expect(filledIn(recorded, typed)).toEqual({ ...recorded, installed_power_w: 36_500 });
  expect(filledIn(undefined, typed)).toEqual(typed);
});

test('a power is shown as it would be written, and comes back the same', () => {
  expect(thousandsText(36_500, 'fr')).toBe('36,5');
  expect(thousandsText(36_500, 'en')).toBe('36.5');
  for (const watts of [0, 1, 9000, 36_500, 999_999_999]) {
    const text = thousandsText(watts, 'fr');
    expect(text).toMatch(new RegExp(`^${POWER_FORM}$`));
    expect(thousandsIn(formOf({ power: text }), 'power')).toBe(watts);
  }
});

test('a power has three decimals at most: nothing of it is rounded', () => {
  const fits = (text: string) => new RegExp(`^${POWER_FORM}$`).test(text);
  expect(['36', '9,5', '0.004'].every(fits)).toBe(true);
  expect(['', '9,0005', '9 kW'].some(fits)).toBe(false);
});
