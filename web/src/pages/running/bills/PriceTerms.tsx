import { pricesWords } from '../../../messages/running/prices';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import type { PriceList } from '../../../queries/priceLists';
import { type Language, OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { euros, fraction, pricePerKwh } from '../../../words/numbers';
import { windowsSentence } from '../../../words/windows';
import { useNames } from '../names';
import { groupText } from './priceNames';

/** Which hours and groups prices speak of, and what is charged or taken off beside them. */
export function PriceTerms({ operation, list }: { operation: string; list: PriceList }) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const names = useNames(operation);
  const { hour_classes, groups } = list;
  const rest = restOf(list, language);
  return (
    <>
      {hour_classes.length > 0 && (
        <Card title={words.hoursTitle}>
          <dl className={facts.told}>
            {hour_classes.map(({ name, windows }) => (
              <Term key={name} name={name}>
                {windowsSentence(windows, language)}
              </Term>
            ))}
          </dl>
        </Card>
      )}
      {groups.length > 0 && (
        <Card title={words.groupsTitle}>
          <dl className={facts.told}>
            {groups.map((group) => (
              <Term key={group.name} name={group.name}>
                {groupText(group, names, language)}
              </Term>
            ))}
          </dl>
        </Card>
      )}
      {rest.length > 0 && (
        <Card title={words.feesTitle}>
          <ul>
            {rest.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className={facts.weak}>{words.restHelp}</p>
        </Card>
      )}
    </>
  );
}

function Term({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt lang={OF_OPERATIONS}>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What the form leaves as it is. */
function restOf({ fees, discounts, indexes }: PriceList, language: Language): string[] {
  const words = pricesWords[language];
  return [
    ...fees.map(({ name, eur_per_month }) =>
      words.fee(name, euros(Number(eur_per_month) * 100, language)),
    ),
    ...discounts.map(({ name, percent, eur_per_kwh }) =>
      words.discount(
        name,
        percent ? fraction(`${percent}/100`, language) : pricePerKwh(Number(eur_per_kwh), language),
      ),
    ),
    ...indexes.map(({ name }) => words.index(name)),
  ];
}
