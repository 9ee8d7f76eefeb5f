package org.isochron.ops.view;

import java.util.List;
import org.isochron.ops.traffic.TrafficThread;
import org.isochron.ops.venue.NodePosition;

/**
 * A run at one moment.
 *
 * @param title   what runs.
 * @param traffic null before the clients have shown themselves.
 * @param nowNs   monotonic time.
 */
public record RunState(String title, TrafficThread.Snapshot traffic, List<NodePosition> nodes, long nowNs) {}
