package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A store opens for the day.
 *
 * @param store the store
 * @param name the name of the store
 * @param region the name of its region
 * @param size the name of its size
 * @param closesAt when the store will close, in milliseconds since 1970
 * @param weather the day's weather in the region; the event also has the temperature
 */
public record StoreOpened(Store store, Ascii name, Ascii region, Ascii size, long closesAt,
        Weather weather) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii NAME = Ascii.of(",\"name\":\"");
    private static final Ascii REGION = Ascii.of("\",\"region\":\"");
    private static final Ascii SIZE = Ascii.of("\",\"size\":\"");
    private static final Ascii CLOSES_AT = Ascii.of("\",\"closes_at\":");
    private static final Ascii WEATHER = Ascii.of(",\"weather\":\"");
    private static final Ascii TEMPERATURE = Ascii.of("\",\"temperature\":");

    @Override
    public EventType type() {
        return EventType.STORE_OPENED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(NAME).put(name);
        json.put(REGION).put(region);
        json.put(SIZE).put(size);
        json.put(CLOSES_AT).time(closesAt);
        json.put(WEATHER).put(weather.sky().id());
        json.put(TEMPERATURE).cents(10 * weather.tenths());
        json.put('}');
    }
}
