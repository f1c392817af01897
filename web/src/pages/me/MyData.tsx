import { useQuery } from '@tanstack/react-query';
import { ownDataWords } from '../../messages/ownData';
import { Answer } from '../../parts/Answer';
import { Card } from '../../parts/Card';
import { Download } from '../../parts/Download';
import { erasureQuery, loadOwnData } from '../../queries/member';
import { useLanguage, useWords } from '../../words/language';
import { Erasing } from './Erasing';
import { MemberPage } from './MePage';

/** All that is kept of me: to take with me, or to have erased. */
export function MyData() {
  const words = useWords(ownDataWords);
  return (
    <MemberPage title={words.title}>
      {({ member }) => (
        <>
          <Card title={words.all}>
            <p>{words.allHelp}</p>
            <details>
              <summary>{words.whatIsIn}</summary>
              <p>{words.inIt}</p>
            </details>
            <p>
              <Download name={words.fileName} load={loadOwnData}>
                {words.download}
              </Download>
            </p>
          </Card>
          <OwnErasure memberId={member.id} />
        </>
      )}
    </MemberPage>
  );
}

function OwnErasure({ memberId }: { memberId: string }) {
  const words = useWords(ownDataWords);
  const query = useQuery(erasureQuery(memberId, useLanguage()));
  return (
    <Card title={words.erasure}>
      <p>{words.erasureHelp}</p>
      <Answer query={query}>{(erasure) => <Erasing erasure={erasure} />}</Answer>
    </Card>
  );
}
