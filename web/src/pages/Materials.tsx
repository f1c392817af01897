import { useQuery } from '@tanstack/react-query';
import { gatheringWords } from '../messages/gatherings';
import { Answer } from '../parts/Answer';
import { Card } from '../parts/Card';
import { Download } from '../parts/Download';
import shared from '../parts/Together.module.css';
import { type Material, materialsQuery, readMaterial } from '../queries/gatherings';
import { isWebAddress } from '../words/addresses';
import { endingOf } from '../words/files';
import { OF_OPERATIONS, useWords } from '../words/language';

/** What there is to read for a gathering: links and files. */
export function Materials({ gatheringId }: { gatheringId: string }) {
  const words = useWords(gatheringWords);
  const query = useQuery(materialsQuery(gatheringId));
  if (query.data?.length === 0) return null;
  return (
    <Card title={words.materials}>
      <Answer query={query}>
        {(materials) => (
          <ul className={shared.list}>
            {materials.map((material) => (
              <li key={material.id}>
                <MaterialLine gatheringId={gatheringId} material={material} />
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Card>
  );
}

/** To be opened or downloaded. */
export function MaterialLine({
  gatheringId,
  material,
}: {
  gatheringId: string;
  material: Material;
}) {
  const words = useWords(gatheringWords);
  const { id, title, url, media_type } = material;
  if (url && isWebAddress(url)) {
    return (
      <a href={url} rel="noreferrer" lang={OF_OPERATIONS}>
        {title}
      </a>
    );
  }
  if (!media_type) return title;
  return (
    <Download name={`${title}.${endingOf(media_type)}`} load={() => readMaterial(gatheringId, id)}>
      {words.download(title)}
    </Download>
  );
}
