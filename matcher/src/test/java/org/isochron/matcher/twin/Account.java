package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An account: cash by asset, positions newest first, protections. */
final class Account {
    final long id;
    final int slot;
    /** Null for the venue's own. */
    final Firm firm;

    final Map<Long, Long> cash = new TreeMap<>();
    final List<Position> positions = new ArrayList<>();
    final Map<Integer, MmpGroup> groups = new TreeMap<>();
    boolean killedByItself;
    boolean killedByOperator;
    /** Window of the dead-man timer, 0 while it is not armed. */
    long deadManNs;

    long deadManDueNs;

    Account(final long id, final int slot, final Firm firm) {
        this.id = id;
        this.slot = slot;
        this.firm = firm;
    }

    boolean isKilled() {
        return killedByItself || killedByOperator || firm.isKilled();
    }

    long cash(final long asset) {
        return cash.getOrDefault(asset, 0L);
    }

    void addCash(final long asset, final long amount) {
        cash.merge(asset, amount, Long::sum);
    }

    /** Null when the account never had an order in the instrument. */
    Position positionIn(final Instrument instrument) {
        for (final Position position : positions) {
            if (position.instrument == instrument) {
                return position;
            }
        }
        return null;
    }

    /** Takes up a position at its first order. */
    void add(final Position position) {
        if (positionIn(position.instrument) == null) {
            positions.add(0, position);
        }
    }
}
