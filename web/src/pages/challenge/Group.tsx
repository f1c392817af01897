import { challengeWords } from '../../messages/challenges';
import { Card } from '../../parts/Card';
import tables from '../../parts/Table.module.css';
import shared from '../../parts/Together.module.css';
import type { Challenge, Standing } from '../../queries/challenges';
import { effort } from '../../words/efforts';
import { useLanguage, useWords } from '../../words/language';

/** How all do together and who is where, as far as it may be told. */
export function Group({ challenge, standing }: { challenge: Challenge; standing: Standing }) {
  const words = useWords(challengeWords);
  const language = useLanguage();
  const { entries, group_effort_percent, is_group_withheld, is_ranking_withheld } = standing;
  const isAnything = group_effort_percent !== null || is_group_withheld;
  return (
    <Card title={words.together}>
      <p>{words.entries(entries)}</p>
      {group_effort_percent !== null && (
        <p className={shared.lead}>
          {words.group(effort(group_effort_percent * 10, challenge.kind, language))}
        </p>
      )}
      {is_group_withheld && <p className={shared.weak}>{words.groupWithheld}</p>}
      {!isAnything && <p className={shared.weak}>{words.nothingYet}</p>}
      {!is_ranking_withheld && standing.ranking.length > 0 && (
        <Ranking challenge={challenge} standing={standing} />
      )}
      {is_ranking_withheld && <p className={shared.weak}>{words.rankingWithheld}</p>}
    </Card>
  );
}

function Ranking({ challenge, standing }: { challenge: Challenge; standing: Standing }) {
  const words = useWords(challengeWords);
  const language = useLanguage();
  return (
    <table className={tables.table}>
      <caption>{words.ranking}</caption>
      <thead>
        <tr>
          <th scope="col">{words.rank}</th>
          <th scope="col">{words.who}</th>
          <th scope="col" className={tables.number}>
            {words.change}
          </th>
        </tr>
      </thead>
      <tbody>
        {standing.ranking.map(({ rank, shown_as, effort_permille, is_own }) => (
          <tr key={`${rank} ${shown_as}`}>
            <td>{rank}</td>
            <th scope="row">
              {shown_as}
              {is_own && ` (${words.you})`}
            </th>
            <td className={tables.number}>{effort(effort_permille, challenge.kind, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
