import { productionWords } from '../../messages/production';
import tables from '../../parts/Table.module.css';
import type { ProducerDay } from '../../queries/explanations';
import { useLanguage, useWords } from '../../words/language';
import { inKwh } from '../../words/numbers';
import { times } from '../../words/steps';

/** The half-hours of a plant's day in figures, as far as they are told. */
export function ProductionSteps({ producer }: { producer: ProducerDay }) {
  const words = useWords(productionWords);
  const language = useLanguage();
  const { steps, withheld } = producer;
  const told = (wmin: number | null) => (wmin === null ? '–' : inKwh(wmin, language, 2));
  return (
    <table className={tables.numbers}>
      <caption>{words.stepsCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          <th scope="col">{words.made}</th>
          {!withheld && <th scope="col">{words.given}</th>}
          {!withheld && <th scope="col">{words.surplus}</th>}
        </tr>
      </thead>
      <tbody>
        {steps.map((step, place) => (
          <tr key={step.start}>
            <th scope="row">{times(steps, place, language)}</th>
            <td>{inKwh(step.production_wmin, language, 2)}</td>
            {!withheld && <td>{told(step.sold_wmin)}</td>}
            {!withheld && <td>{told(step.surplus_wmin)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
