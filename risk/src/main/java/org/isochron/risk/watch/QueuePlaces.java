package org.isochron.risk.watch;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.DeleveragePlacesDecoder;
import org.isochron.codecs.DeleveragePlacesEncoder;
import org.isochron.codecs.HolderConcentrationDecoder;
import org.isochron.codecs.HolderConcentrationEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.liquidation.DeleverageScore;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.rules.LiquidationRules;

/**
 * Works out where each holder stands in the deleveraging queue of its side, in fifths, and what the largest hold: instrument
 * by instrument, each at most once in {@value #INTERVAL_NS} ns of sequenced time, in small slices when a risk node has
 * nothing better to do. Sent is what differs from what was sequenced last, at most one message in {@value #MESSAGE_NS} ns.
 *
 * <p>There are places under the rankings that order by a score of profit and leverage, PNL_LEVERAGE and HYPERLIQUID, for
 * positions whose bucket has equity; under PRO_RATA everybody takes a part, and under SEEDED_RANDOM nobody can know the
 * order before the liquidation. Every holder is ranked, the insurance fund too; each node tells those of its own range.
 * A node that is not first in turn waits a second more for each rank, counted from what others have told.
 */
final class QueuePlaces {
    static final long INTERVAL_NS = 1_000_000_000L;
    static final long MESSAGE_NS = 10_000_000L;
    static final int MAX_HOLDERS = 32;

    private static final int FIFTHS = 5;
    /** Holders scored, or told their place, in one slice. */
    private static final int SLICE = 48;

    private static final int NONE = -1;
    /** Figures of a concentration that are compared: 1, 5 and 10 largest of both sides, and the open interest. */
    private static final int FIGURES = 7;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Margin margin;
    private final DeleverageScore scores;
    private final ScanRange range;
    private final RiskReporter reporter;
    private final long intervalNs;
    private final PlaceHeap longs;
    private final PlaceHeap shorts;
    private final LargestLots largestLongs = new LargestLots();
    private final LargestLots largestShorts = new LargestLots();

    /** By instrument: when it was begun, or told by another node, last. */
    private final long[] lastNs;
    /** By position: the fifth sequenced last, negative for that of a short position; 0 for none. */
    private final byte[] told;

    private final long[] toldFigures;
    private final long[] figures = new long[FIGURES];

    private Stage stage = Stage.CHOOSE;
    private int instrument;
    private int holder;
    private long observedSequence;
    private int sideSize;
    private int place;

    private final int[] accounts = new int[MAX_HOLDERS];
    private final byte[] fifths = new byte[MAX_HOLDERS];
    private int count;
    private boolean hasSent;
    private long lastMessageNs;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final DeleveragePlacesEncoder placesEncoder = new DeleveragePlacesEncoder();
    private final HolderConcentrationEncoder concentration = new HolderConcentrationEncoder();

    private enum Stage {
        CHOOSE,
        SCORE,
        TELL_LONGS,
        TELL_SHORTS,
        CONCENTRATION
    }

    QueuePlaces(final Ledger ledger, final Margin margin, final ScanRange range, final RiskReporter reporter) {
        this.ledger = ledger;
        this.margin = margin;
        this.range = range;
        this.reporter = reporter;
        instruments = ledger.instruments();
        positions = ledger.positions();
        scores = new DeleverageScore(ledger, margin);
        intervalNs = INTERVAL_NS * (1 + range.rank());
        longs = new PlaceHeap(positions);
        shorts = new PlaceHeap(positions);
        lastNs = new long[ledger.capacities().instruments()];
        told = new byte[ledger.capacities().positions()];
        toldFigures = new long[lastNs.length * FIGURES];
    }

    // What has been sequenced

    /** Places have been told, by this node or another. */
    void onPlaces(final DeleveragePlacesDecoder command, final long sequencedNs) {
        final int placed = instruments.find(command.instrumentId());
        for (final DeleveragePlacesDecoder.HoldersDecoder entry : command.holders()) {
            final int position = positions.find(ledger.findAccount(entry.accountId()), placed);
            if (position >= 0) {
                told[position] = signed(position, entry.fifth());
            }
        }
        heard(placed, sequencedNs);
    }

    /** Figures have been told, by this node or another. */
    void onConcentration(final HolderConcentrationDecoder command, final long sequencedNs) {
        final int placed = instruments.find(command.instrumentId());
        final int first = placed * FIGURES;
        toldFigures[first] = command.longLargest();
        toldFigures[first + 1] = command.longLargest5();
        toldFigures[first + 2] = command.longLargest10();
        toldFigures[first + 3] = command.shortLargest();
        toldFigures[first + 4] = command.shortLargest5();
        toldFigures[first + 5] = command.shortLargest10();
        toldFigures[first + 6] = command.openInterest();
        heard(placed, sequencedNs);
    }

    private void heard(final int placed, final long sequencedNs) {
        if (range.rank() > 0) {
            lastNs[placed] = sequencedNs;
        }
    }

    private byte signed(final int position, final int fifth) {
        return (byte) (positions.lots(position) < 0 ? -fifth : fifth);
    }

    // Working it out

    /** A little work; returns 0 when there is none, or none may be sent yet. */
    int slice(final long sequence, final long sequencedNs, final long monotonicNs) {
        return switch (stage) {
            case CHOOSE -> choose(sequence, sequencedNs) ? 1 : 0;
            case SCORE -> score();
            case TELL_LONGS -> tell(longs, Stage.TELL_SHORTS, monotonicNs);
            case TELL_SHORTS -> tell(shorts, Stage.CONCENTRATION, monotonicNs);
            case CONCENTRATION -> concentrate(monotonicNs);
        };
    }

    /** One instrument is looked at in a slice, in turn. */
    private boolean choose(final long sequence, final long sequencedNs) {
        if (instruments.count() == 0) {
            return false;
        }
        instrument = (instrument + 1) % instruments.count();
        if (sequencedNs - lastNs[instrument] < intervalNs || instruments.firstHolder(instrument) == NONE) {
            return false;
        }
        lastNs[instrument] = sequencedNs;
        observedSequence = sequence;
        holder = instruments.firstHolder(instrument);
        longs.clear();
        shorts.clear();
        largestLongs.clear();
        largestShorts.clear();
        stage = Stage.SCORE;
        return true;
    }

    private int score() {
        final int rule = ledger.rules().liquidation().deleverageRule(instrument);
        final boolean hasPlaces = rule == LiquidationRules.PNL_LEVERAGE || rule == LiquidationRules.HYPERLIQUID;
        for (int i = 0; i < SLICE && holder != NONE; i++) {
            score(holder, rule, hasPlaces);
            holder = positions.nextOfInstrument(holder);
        }
        if (holder == NONE) {
            begin(Stage.TELL_LONGS, longs);
        }
        return 1;
    }

    private void score(final int position, final int rule, final boolean hasPlaces) {
        final long lots = positions.lots(position);
        if (lots == 0) {
            told[position] = 0;
            return;
        }
        (lots > 0 ? largestLongs : largestShorts).add(Math.abs(lots));
        if (hasPlaces) {
            final long score = scores.of(position, rule, 0);
            if (margin.equity() > 0) {
                (lots > 0 ? longs : shorts).add(position, score);
            }
        }
    }

    private void begin(final Stage next, final PlaceHeap side) {
        stage = next;
        sideSize = side.size();
        place = 0;
    }

    /** Goes down the queue of one side; whose fifth is another than was told is put into a message. */
    private int tell(final PlaceHeap side, final Stage next, final long monotonicNs) {
        for (int i = 0; i < SLICE && side.size() > 0 && count < MAX_HOLDERS; i++) {
            place(side.poll(), FIFTHS - (int) ((long) place++ * FIFTHS / sideSize), side == longs);
        }
        if (count == MAX_HOLDERS || side.size() == 0 && count > 0) {
            return sendPlaces(monotonicNs) ? 1 : 0;
        }
        if (side.size() == 0) {
            begin(next, shorts);
        }
        return 1;
    }

    private void place(final int position, final int fifth, final boolean isLong) {
        final long lots = positions.lots(position);
        final int account = positions.account(position);
        // It may have been closed since it was scored.
        if (lots != 0
                && lots > 0 == isLong
                && told[position] != signed(position, fifth)
                && account >= Ledger.SYSTEM_ACCOUNTS
                && range.contains(ledger.accountId(account))) {
            accounts[count] = account;
            fifths[count++] = (byte) fifth;
        }
    }

    private boolean sendPlaces(final long monotonicNs) {
        if (!maySend(monotonicNs)) {
            return false;
        }
        final DeleveragePlacesEncoder.HoldersEncoder holders = placesEncoder
                .wrapAndApplyHeader(message, 0, header)
                .seqNum(0)
                .instrumentId(instruments.id(instrument))
                .observedSequence(observedSequence)
                .holdersCount(count);
        for (int i = 0; i < count; i++) {
            holders.next()
                    .accountId(ledger.accountId(accounts[i]))
                    .fifth(fifths[i])
                    .reserved8((short) 0)
                    .reserved16(0);
        }
        if (!send(placesEncoder.encodedLength(), monotonicNs)) {
            return false;
        }
        count = 0;
        return true;
    }

    /** What the largest hold is the same whoever asks: the node with the lowest accounts tells. */
    private int concentrate(final long monotonicNs) {
        figures[0] = largestLongs.sum(1);
        figures[1] = largestLongs.sum(5);
        figures[2] = largestLongs.sum(10);
        figures[3] = largestShorts.sum(1);
        figures[4] = largestShorts.sum(5);
        figures[5] = largestShorts.sum(10);
        figures[6] = positions.openInterestLots(instrument);
        // Lots may have changed hands between two slices; the next look sums up better.
        final boolean isSound = Math.max(figures[2], figures[5]) <= figures[6];
        if (range.firstAccountId() == ScanRange.LOWEST && isSound && differs()) {
            if (!maySend(monotonicNs) || !sendConcentration(monotonicNs)) {
                return 0;
            }
        }
        stage = Stage.CHOOSE;
        return 1;
    }

    private boolean differs() {
        for (int i = 0; i < FIGURES; i++) {
            if (figures[i] != toldFigures[instrument * FIGURES + i]) {
                return true;
            }
        }
        return false;
    }

    private boolean sendConcentration(final long monotonicNs) {
        concentration
                .wrapAndApplyHeader(message, 0, header)
                .seqNum(0)
                .instrumentId(instruments.id(instrument))
                .observedSequence(observedSequence)
                .longLargest(figures[0])
                .longLargest5(figures[1])
                .longLargest10(figures[2])
                .shortLargest(figures[3])
                .shortLargest5(figures[4])
                .shortLargest10(figures[5])
                .openInterest(figures[6]);
        return send(HolderConcentrationEncoder.BLOCK_LENGTH, monotonicNs);
    }

    private boolean maySend(final long monotonicNs) {
        return !hasSent || monotonicNs - lastMessageNs >= MESSAGE_NS;
    }

    private boolean send(final int length, final long monotonicNs) {
        if (!reporter.send(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + length)) {
            return false;
        }
        hasSent = true;
        lastMessageNs = monotonicNs;
        return true;
    }
}
