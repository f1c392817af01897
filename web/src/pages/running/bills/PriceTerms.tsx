import { pricesWords } from '../../../messages/running/prices';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import type { PriceList } from '../../../queries/priceLists';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { pricedHoursSentence } from '../../../words/windows';
import { useNames } from '../names';
import { daysOf, groupText } from './priceNames';
import { useTermTexts } from './terms/texts';

/** Which hours and groups prices speak of, and what is charged or taken off beside them. */
export function PriceTerms({ operation, list }: { operation: string; list: PriceList }) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const names = useNames(operation);
  const texts = useTermTexts(operation);
  const { hour_classes, groups, fees, discounts, indexes } = list;
  const rest = [
    ...fees.map((fee) => `${texts.fee(fee)} · ${daysOf(fee, language)}`),
    ...discounts.map((discount) => `${texts.discount(discount)} · ${daysOf(discount, language)}`),
    ...indexes.map(texts.index),
  ];
  return (
    <>
      {hour_classes.length > 0 && (
        <Card title={words.hoursTitle}>
          <dl className={facts.told}>
            {hour_classes.map((hours) => (
              <Term key={hours.name} name={hours.name}>
                {pricedHoursSentence(hours, language)}
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
