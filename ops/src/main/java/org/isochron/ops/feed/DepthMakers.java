package org.isochron.ops.feed;

import java.util.List;
import java.util.function.ToLongFunction;
import org.isochron.codecs.Side;

/**
 * The captured depth shared out among several makers, price by price: neighbouring ticks are different makers', so that
 * none holds the whole market and the best levels are everybody's. A price is always the same maker's.
 */
final class DepthMakers {
    private final List<LevelMaker> makers;
    private final long tickE9;

    DepthMakers(final List<LevelMaker> makers, final long tickE9) {
        this.makers = List.copyOf(makers);
        this.tickE9 = tickE9;
    }

    /** Result as {@link LevelMaker#want}. */
    boolean want(final Side side, final long priceE9, final long lots) {
        return makers.get((int) (priceE9 / tickE9 % makers.size())).want(side, priceE9, lots);
    }

    /** Result as {@link LevelMaker#send}. */
    int send(final long intendedNs) {
        int sent = 0;
        for (int i = 0; i < makers.size(); i++) {
            sent += makers.get(i).send(intendedNs);
        }
        return sent;
    }

    boolean isSent() {
        for (int i = 0; i < makers.size(); i++) {
            if (!makers.get(i).isSent()) {
                return false;
            }
        }
        return true;
    }

    int inFlight() {
        return (int) sum(LevelMaker::inFlight);
    }

    long coalesced() {
        return sum(maker -> maker.levels().coalesced());
    }

    long refusedLevels() {
        return sum(maker -> maker.levels().refused());
    }

    long reentered() {
        return sum(maker -> maker.levels().reentered());
    }

    private long sum(final ToLongFunction<LevelMaker> figure) {
        return makers.stream().mapToLong(figure).sum();
    }
}
