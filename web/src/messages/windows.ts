import { both } from '../words/language';

export const windowWords = both(
  {
    allDays: 'tous les jours',
    allHours: 'à toute heure',
    hours: (from: string, to: string) => `de ${from} à ${to}`,
    months: (from: string, to: string) => `de ${from} à ${to}`,
    inMonth: (month: string) => `en ${month}`,
    and: ' et ',
    or: ' ; ',
    days: {
      mon: 'le lundi',
      tue: 'le mardi',
      wed: 'le mercredi',
      thu: 'le jeudi',
      fri: 'le vendredi',
      sat: 'le samedi',
      sun: 'le dimanche',
      working_day: 'les jours ouvrés',
      holiday: 'les jours fériés',
    } as Record<string, string>,
  },
  {
    allDays: 'every day',
    allHours: 'at all hours',
    hours: (from, to) => `from ${from} to ${to}`,
    months: (from, to) => `from ${from} to ${to}`,
    inMonth: (month) => `in ${month}`,
    and: ' and ',
    or: '; ',
    days: {
      mon: 'on Mondays',
      tue: 'on Tuesdays',
      wed: 'on Wednesdays',
      thu: 'on Thursdays',
      fri: 'on Fridays',
      sat: 'on Saturdays',
      sun: 'on Sundays',
      working_day: 'on working days',
      holiday: 'on public holidays',
    },
  },
);
