package org.isochron.matcher.twin;

import java.util.Comparator;

/** Who trades first. Variants of it, in tests only, are wrong on purpose. */
class PriorityRule {
    /** Order of the queue at one price: who took his place first. */
    Comparator<Order> queue() {
        return Comparator.comparingLong(order -> order.priority);
    }

    /** Whether an order replaced in its queue may stay where it is: same price and fewer lots. */
    boolean keepsPlace(final Order order, final long newTicks, final long newLeaves) {
        return newTicks == order.ticks && newLeaves < order.leaves;
    }

    /** Place of an iceberg that shows its next slice: the end of its queue. */
    long afterRefill(final Order order, final long nextPriority) {
        return nextPriority;
    }
}
