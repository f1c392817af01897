import { coefficientWords } from '../../../messages/running/coefficients';
import { Card } from '../../../parts/Card';
import { Download } from '../../../parts/Download';
import hidden from '../../../parts/Hidden.module.css';
import tables from '../../../parts/Table.module.css';
import shared from '../../../parts/Together.module.css';
import { type CoefficientsReport, loadCoefficients } from '../../../queries/coefficients';
import { useLanguage, useWords } from '../../../words/language';
import { inKwh, kwh } from '../../../words/numbers';
import { useNames } from '../names';

export interface OfReport {
  operation: string;
  report: CoefficientsReport;
}

/** The file of a month, and the energy that its rounding loses. */
export function CoefficientFile({ operation, report }: OfReport) {
  const words = useWords(coefficientWords);
  const language = useLanguage();
  const { month, name, files, step_min, decimals, lost_wmin, allocated_wmin } = report;
  return (
    <Card title={words.file}>
      <p>{words.facts(files.length, step_min, decimals)}</p>
      <Download name={name} load={() => loadCoefficients(operation, month)}>
        {words.download}
      </Download>
      <h3 className={shared.part}>{words.loss}</h3>
      <p>
        {lost_wmin === 0
          ? words.lossNone
          : words.lossText(kwh(lost_wmin, language, 2), kwh(allocated_wmin, language))}
      </p>
      {lost_wmin > 0 && <ByMember operation={operation} report={report} />}
    </Card>
  );
}

function ByMember({ operation, report: { consumers } }: OfReport) {
  const words = useWords(coefficientWords);
  const language = useLanguage();
  const names = useNames(operation);
  const lines = [...consumers].sort((one, other) => other.lost_wmin - one.lost_wmin);
  return (
    <details>
      <summary>{words.byMember}</summary>
      <table className={tables.numbers}>
        <caption className={hidden.hidden}>{words.byMember}</caption>
        <thead>
          <tr>
            <th scope="col">{words.member}</th>
            <th scope="col">{words.shared}</th>
            <th scope="col">{words.lost}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ prm, allocated_wmin, lost_wmin }) => (
            <tr key={prm}>
              <th scope="row">{names.ofPoint(prm)}</th>
              <td>{inKwh(allocated_wmin, language, 1)}</td>
              <td>{inKwh(lost_wmin, language, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
