// The provider of weather.mof.

import * as wmi from 'mofgen/runtime';
import {
  type WeatherStation,
  type WeatherStationCalibrateOutput,
  type WeatherStationProvider,
} from '../gen/weather.g.js';

/** The weather outside. */
export class WeatherStationDevice implements WeatherStationProvider {
  private data: WeatherStation = { Wind: 0, Rain: false };

  query(): WeatherStation {
    return this.data;
  }

  Calibrate(): wmi.MethodReturn<WeatherStationCalibrateOutput> {
    return { Offset: this.data.Wind };
  }
}
