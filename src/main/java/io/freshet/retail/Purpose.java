package io.freshet.retail;

/**
 * The purposes of random numbers. Each purpose has its own sequence, so that no sequence depends on how many numbers
 * another one needs.
 */
final class Purpose {

    static final int STORE = 1;
    static final int PRODUCT = 2;
    static final int CUSTOMER = 3;
    static final int WEATHER = 4;
    static final int PROMOTION = 5;
    static final int ARRIVALS = 6;
    static final int VISIT = 7;
    static final int PINGS = 8;
    static final int IMPRESSIONS = 9;
    static final int NIGHT = 10;
    static final int TRUCK = 11;
    static final int AWAY = 12;
    static final int MIX = 13;

    private Purpose() {
    }
}
