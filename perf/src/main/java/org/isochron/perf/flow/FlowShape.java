package org.isochron.perf.flow;

import java.util.List;

/**
 * What a stream looks like.
 *
 * @param name         name in results.
 * @param resting      orders that rest in the book after the fill, and about as many until the end.
 * @param spread       how many times wider than the main workload prices lie apart.
 * @param scrambledIds whether order ids are spread over 62 bits; otherwise they count from 1.
 */
public record FlowShape(String name, int resting, int spread, boolean scrambledIds) {
    /** 2,500 orders on about 200 levels, ids in sequence. */
    public static final FlowShape MAIN = new FlowShape("main", 2_500, 1, false);
    /** 20,000 orders on about 3,700 levels. */
    public static final FlowShape WIDE = new FlowShape("wide", 20_000, 20, false);
    /** The main workload under ids of 62 bits. */
    public static final FlowShape RANDOM_IDS = new FlowShape("randomIds", 2_500, 1, true);

    /** All of them, in the order they are told. */
    public static final List<FlowShape> ALL = List.of(MAIN, WIDE, RANDOM_IDS);

    public FlowShape {
        if (resting < 2 || spread < 1) {
            throw new IllegalArgumentException(
                    "a stream of " + resting + " resting orders, spread " + spread + ": at least 2 and 1 are needed");
        }
    }

    /** The one of that name. */
    public static FlowShape named(final String name) {
        return ALL.stream()
                .filter(shape -> shape.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no workload '" + name + "'; main, wide and randomIds are possible"));
    }
}
