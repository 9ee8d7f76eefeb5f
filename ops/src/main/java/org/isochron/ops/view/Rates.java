package org.isochron.ops.view;

import org.isochron.ops.traffic.TrafficThread;

/** Orders and trades a second, between one look and the one before. */
final class Rates {
    private static final double SECOND_NS = 1e9;

    private long lastNs;
    private long lastOrders;
    private long lastTrades;
    private double ordersPerSecond;
    private double tradesPerSecond;

    void update(final TrafficThread.Snapshot traffic) {
        if (traffic.takenNs() == lastNs) {
            return;
        }
        if (lastNs != 0) {
            final double seconds = (traffic.takenNs() - lastNs) / SECOND_NS;
            ordersPerSecond = (traffic.figures().orders() - lastOrders) / seconds;
            tradesPerSecond = (traffic.figures().trades() - lastTrades) / seconds;
        }
        lastNs = traffic.takenNs();
        lastOrders = traffic.figures().orders();
        lastTrades = traffic.figures().trades();
    }

    double ordersPerSecond() {
        return ordersPerSecond;
    }

    double tradesPerSecond() {
        return tradesPerSecond;
    }
}
