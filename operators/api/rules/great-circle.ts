import type { Centre } from '../kinds/topology.ts';

/** Mean radius of the earth, in kilometres. */
const EARTH_RADIUS = 6371;

/** Kilometres between two positions along the surface (haversine). The earth as a sphere: good to half a percent. */
export function greatCircleKilometres(one: Centre['position'], other: Centre['position']): number {
  const latitudes = [radians(one.latitude), radians(other.latitude)] as const;
  const half = (angle: number): number => Math.sin(angle / 2) ** 2;
  const chord =
    half(latitudes[1] - latitudes[0]) +
    Math.cos(latitudes[0]) * Math.cos(latitudes[1]) * half(radians(other.longitude - one.longitude));
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
