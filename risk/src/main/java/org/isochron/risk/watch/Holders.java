package org.isochron.risk.watch;

import org.isochron.risk.margin.SafeMoves;

/** A {@link HolderList} for each instrument, and where in them each position stands. */
final class Holders {
    private final HolderList[] lists;
    /** By position: its place in the list of its instrument + 1; 0 when it is in none. */
    private final int[] places;

    Holders(final int instruments, final int positions) {
        lists = new HolderList[instruments];
        for (int instrument = 0; instrument < instruments; instrument++) {
            lists[instrument] = new HolderList();
        }
        places = new int[positions];
    }

    HolderList of(final int instrument) {
        return lists[instrument];
    }

    /** The position holds lots, and its bucket need not be judged while mark and funding index stay within these moves. */
    void put(final int position, final int instrument, final SafeMoves moves) {
        final HolderList list = lists[instrument];
        if (places[position] == 0) {
            places[position] = list.add(position) + 1;
        }
        list.moves(places[position] - 1, moves);
    }

    /** The position holds no lots; nothing happens when that is known. */
    void remove(final int position, final int instrument) {
        final int place = places[position] - 1;
        if (place == HolderList.NONE) {
            return;
        }
        final HolderList list = lists[instrument];
        list.remove(place);
        places[position] = 0;
        if (place < list.size()) {
            places[list.position(place)] = place + 1;
        }
    }
}
