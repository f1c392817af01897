import { billingWords } from '../../../messages/running/billing';
import reasons from '../../../parts/Reasons.module.css';
import { capitalized } from '../../../words/capitals';
import { anomalyText, type Told } from '../../../words/codes';
import { groupsBy } from '../../../words/groups';
import { colon, useLanguage, useWords } from '../../../words/language';
import { useNames } from '../names';

/** What is unusual in drafts, by what it is: forty customers without a mandate are one line. */
export function Anomalies({ operation, anomalies }: { operation: string; anomalies: Told[] }) {
  const words = useWords(billingWords);
  const language = useLanguage();
  const names = useNames(operation);
  if (anomalies.length === 0) return <p>{words.noAnomaly}</p>;
  const kinds = groupsBy(anomalies, (anomaly) => anomalyText(anomaly, names, language));
  return (
    <>
      <h3>{words.anomalies}</h3>
      <ul className={reasons.reasons}>
        {[...kinds].map(([text, ofKind]) => (
          <li key={text}>
            {capitalized(text) + colon(language) + membersOf(ofKind).map(names.ofMember).join(', ')}
          </li>
        ))}
      </ul>
    </>
  );
}

function membersOf(anomalies: readonly Told[]): string[] {
  return [...new Set(anomalies.map(({ member_id }) => String(member_id)))];
}
