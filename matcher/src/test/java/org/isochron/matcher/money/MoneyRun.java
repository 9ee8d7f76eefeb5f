package org.isochron.matcher.money;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.json.MessageParser;
import org.isochron.codecs.json.MessagePrinter;
import org.isochron.matcher.twin.Dice;
import org.isochron.matcher.venue.RestoredVenue;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.rules.LiquidationRules;
import org.isochron.risk.watch.RiskWatch;
import org.isochron.risk.watch.ScanRange;
import org.isochron.sequencer.replica.EventBatch;

/** One storm over one venue, with a risk node's watch beside it whose proposals are part of the storm. */
final class MoneyRun {
    private static final long START_NS = 1_767_623_400_000_000_000L;
    private static final long TICK_NS = 100_000_000;
    private static final int SEQUENCER = 999;
    private static final int GATEWAY = 1;
    private static final int COMMANDS_PER_LOOK = 2_000;
    private static final int COMMANDS_PER_LOOK_OF_A_LONG_RUN = 25_000;
    private static final int COMMANDS_PER_FULL_SCAN = 16;
    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES, true)
            .configure(JsonParser.Feature.ALLOW_SINGLE_QUOTES, true);

    private final long seed;
    private final Dice dice;
    private final Venue venue = new Venue();
    private final EventBatch batch = new EventBatch();
    private final int commandsPerLook;
    /** A second venue, loaded now and then from the first one's state; null in a long run. */
    private final RestoredVenue restored;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Frame frame = new Frame();
    private final MessageParser parser = new MessageParser(venue.inspection());
    private final MoneyTraffic traffic;
    private final RiskWatch watch;
    private final Deque<byte[]> reports = new ArrayDeque<>();
    private final Map<Long, Integer> seqNums = new TreeMap<>();
    private final MoneyCheck check = new MoneyCheck(venue);
    private final FailureCheck failures;
    private long sequence;
    private long nowNs = START_NS;
    private long commands;

    MoneyRun(final long seed) {
        this(seed, false, false);
    }

    /**
     * @param failing whether prices gap and accounts fail under rules of all kinds.
     * @param isLong  whether everything is looked at more rarely, and the state is not saved and loaded on the way.
     */
    MoneyRun(final long seed, final boolean failing, final boolean isLong) {
        this.seed = seed;
        commandsPerLook = isLong ? COMMANDS_PER_LOOK_OF_A_LONG_RUN : COMMANDS_PER_LOOK;
        restored = isLong ? null : new RestoredVenue(venue);
        dice = new Dice(seed);
        traffic = new MoneyTraffic(dice, venue, buffer, failing);
        failures = new FailureCheck(
                venue,
                1_000_000 * (failing ? MoneyMarket.LONGEST_LIQUIDATION_MS : LiquidationRules.DEFAULT_WHOLE_AFTER_MS));
        watch = new RiskWatch(
                venue.ledger(),
                venue.marks(),
                venue.margin(),
                ScanRange.WHOLE,
                MoneyMarket.RISK,
                this::report,
                RiskWatch.MIN_REPORT_INTERVAL_NS);
        gateway("GatewayStart:{gatewayId:1,incarnation:1}");
        open(MoneyMarket.OPERATOR);
        for (final String command : MoneyMarket.definitions()) {
            operator(command);
        }
        if (failing) {
            MoneyMarket.failureRules().forEach(this::operator);
        }
        open(MoneyMarket.PUBLISHER);
        open(MoneyMarket.RISK);
        for (int firm = 0; firm < MoneyMarket.FIRMS; firm++) {
            open(MoneyMarket.FIRST_MAKER + firm);
        }
        watch.onLive();
    }

    private boolean report(final MutableDirectBuffer message, final int offset, final int length) {
        final byte[] copy = new byte[length];
        message.getBytes(offset, copy);
        reports.add(copy);
        return true;
    }

    /**
     * Drives the venue through more commands.
     *
     * @throws AssertionError at the first thing that is wrong, with all that is needed to look into it.
     */
    void run(final long count) {
        for (long i = 0; i < count; i++) {
            step();
        }
    }

    /** Events of each name so far. */
    Map<String, Long> counts() {
        return check.counts();
    }

    /** Liquidations whose losses were worked out to the quantum so far. */
    long exactLosses() {
        return failures.exactLosses();
    }

    private void step() {
        commands++;
        passTime();
        if (!reports.isEmpty() && dice.coin()) {
            final byte[] message = reports.removeFirst();
            buffer.putBytes(Frame.HEADER_LENGTH, message);
            session(MoneyMarket.RISK, message.length);
        } else if (dice.oneIn(50)) {
            clockTick();
        } else if (dice.oneIn(300)) {
            gateway("GatewayAlive:{gatewayId:1}");
        } else if (dice.oneIn(30)) {
            final int length = encode(traffic.rareCommand(sequence, nowNs));
            session(traffic.sessionId(), length);
        } else {
            final int length = traffic.command();
            session(traffic.sessionId(), length);
        }
        if (commands % commandsPerLook == 0) {
            look();
        }
    }

    /** A second about every seven hundred commands; now and then a pause after which nothing is known. */
    private void passTime() {
        nowNs += dice.oneIn(20_000) ? 3_000_000_000L : dice.between(1_000, 3_000_000);
    }

    private void clockTick() {
        nowNs = (nowNs / TICK_NS + 1) * TICK_NS;
        // The frame is stamped a nanosecond later: the clock of this world runs on with every command.
        sequencer("ClockTick:{tickTimeNs:'" + nowNs + "'}");
        failures.onTick(nowNs);
    }

    private void look() {
        try {
            check.run(failures.isAllTold());
            failures.checkFund();
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ", after command " + commands, e);
        }
    }

    private void open(final long session) {
        gateway("SessionOpen:{sessionId:" + session + ",gatewayId:1,sessionVerId:1,codWindowMs:0}");
    }

    private void operator(final String command) {
        nowNs += 1_000;
        final int length = encode(command);
        session(MoneyMarket.OPERATOR, length);
        check.requireAccepted(batch, command);
    }

    private void gateway(final String command) {
        apply(FrameType.GATEWAY, 1_000L + GATEWAY, GATEWAY, encode(command));
    }

    private void sequencer(final String command) {
        apply(FrameType.SEQUENCER, SEQUENCER, 0, encode(command));
    }

    /** A command that is encoded but for its seqNum. */
    private void session(final long sessionId, final int length) {
        buffer.putInt(
                Frame.HEADER_LENGTH + MessageHeaderEncoder.ENCODED_LENGTH, seqNums.merge(sessionId, 1, Integer::sum));
        apply(FrameType.SESSION, sessionId, GATEWAY, length);
    }

    private int encode(final String command) {
        try {
            return parser.encode(JSON.readTree("{" + command + "}"), buffer, Frame.HEADER_LENGTH);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(command, e);
        }
    }

    private void apply(final int frameType, final long source, final int gateway, final int length) {
        nowNs++;
        Frame.encodeUnstamped(buffer, 0, length, frameType, (int) source, gateway, nowNs, 0);
        Frame.stamp(buffer, 0, 1, ++sequence, nowNs, 0);
        frame.wrap(buffer, 0);
        batch.begin(frame);
        try {
            venue.onCommand(frame, batch);
            if (restored != null) {
                restored.onCommand(frame, batch);
            }
            watch.onEvents(frame, batch);
            while (watch.doWork(nowNs) > 0) {
                // until nothing is left to judge: the next command finds every bucket judged on its own state
            }
            if (sequence % COMMANDS_PER_FULL_SCAN == 0) {
                findNobodyElse();
            }
            check.onEvents(batch);
            failures.onEvents(frame, batch);
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ", command " + commands + ", sequence " + sequence + ": "
                            + new MessagePrinter(venue.inspection(), true)
                                    .print(frame.buffer(), frame.payloadOffset(), frame.payloadLength()),
                    e);
        }
    }

    /** Judges every bucket: who is under water, the watch has found. */
    private void findNobodyElse() {
        final Ledger ledger = venue.ledger();
        for (int account = Ledger.SYSTEM_ACCOUNTS; account < ledger.accountCount(); account++) {
            for (int asset = 0; asset < ledger.assets().count(); asset++) {
                requireFound(ledger.crossBucket(account, asset));
            }
            for (int position = ledger.firstPosition(account);
                    position >= 0;
                    position = ledger.positions().nextOfAccount(position)) {
                requireFound(ledger.bucketOf(position));
            }
        }
    }

    private void requireFound(final int bucket) {
        venue.margin().judge(bucket);
        if (venue.margin().isUnderwater()
                && venue.margin().marksValid()
                && !venue.ledger().isInLiquidation(bucket)
                && !watch.isFound(bucket)) {
            throw new AssertionError("bucket " + bucket + " of account "
                    + venue.ledger().accountId(venue.ledger().bucketAccount(bucket)) + " is "
                    + -venue.margin().spare() + " under water and not found");
        }
    }
}
