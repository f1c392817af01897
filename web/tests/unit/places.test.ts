import { expect, test } from 'vitest';
import { placeIn } from '../../src/words/places';

const HOME = { latitude_deg: 43.6045, longitude_deg: 1.444 };

test.each([
  '43.6045, 1.4440',
  ' 43.6045 1.444 ',
  '43,6045 ; 1,4440',
  '43,6045, 1,4440',
  '43.6045°, 1.444°',
  'geo:43.6045,1.444?z=17',
  'https://www.openstreetmap.org/#map=17/43.6045/1.4440',
  'https://www.openstreetmap.org/?mlat=43.6045&mlon=1.4440#map=17/43.1000/1.1000',
  'https://www.google.com/maps/@43.6045,1.4440,17z',
  'https://www.google.com/maps/place/X/@43.1,1.1,17z/data=!3d43.6045!4d1.4440',
  'https://maps.apple.com/?ll=43.6045,1.4440',
  'https://www.geoportail.gouv.fr/carte?c=1.4440,43.6045&z=17',
])('a place is read from what maps give: %s', (text) => {
  expect(placeIn(text)).toEqual(HOME);
});

test.each([
  [`43°36'18"N 1°26'24"E`, 43.605, 1.44],
  [`43° 36’ 18" S, 1° 26′ 24″ O`, -43.605, -1.44],
])('degrees may have minutes and seconds: %s', (text, latitude, longitude) => {
  const place = placeIn(text);
  expect(place?.latitude_deg).toBeCloseTo(latitude, 6);
  expect(place?.longitude_deg).toBeCloseTo(longitude, 6);
});

test.each(['', '14 rue des Encriers', '43.6045', 'https://example.org/', '143.6, 1.44', '99110'])(
  'what is no place is none: %s',
  (text) => {
    expect(placeIn(text)).toBeNull();
  },
);
