package org.isochron.ops.client;

/** Takes the price ticks of one source for one instrument. */
public interface PricePort {
    /** False when the way is blocked for the moment: then nothing was sent. */
    boolean tick(long priceE9);
}
