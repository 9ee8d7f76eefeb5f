package org.isochron.ops.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.isochron.codecs.Durability;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.risk.watch.ScanRange;
import org.isochron.sequencer.edge.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VenueConfigTest {
    private static final Path SAMPLE = Path.of("config", "venue.conf");

    @TempDir
    Path directory;

    @Test
    void shouldReadTheSample() {
        final VenueConfig config = VenueConfig.load(SAMPLE);

        final SequencerNodeConfig sequencer = config.theSequencer();
        assertAll(
                () -> assertEquals(1, sequencer.node().nodeId()),
                () -> assertEquals(2, sequencer.gatewayId()),
                () -> assertEquals(31, sequencer.privateEvents().streamId()),
                () -> assertEquals(NodeConfig.ANY_CPU, sequencer.node().cpu()),
                () -> assertEquals(Set.of("A", "B"), config.matchers().keySet()),
                () -> assertEquals("matcher-B", config.matcher("B").node().name()),
                () -> assertEquals(3, config.risk("1").link().voters()),
                () -> assertEquals(
                        Path.of("run/venue/journal-matcher-A"),
                        config.matcher("B").link().gapSources().get(0)),
                () -> assertEquals(
                        new Channel("aeron:udp?endpoint=127.0.0.1:20410", 10),
                        config.theClients().ingress()),
                () -> assertArrayEquals(
                        "sample-secret-of-maker-101".getBytes(StandardCharsets.UTF_8),
                        config.secrets().of(101)));
    }

    @Test
    void shouldSayThatTwoHostsHoldAFrameOnlyWhenNoMatcherSharesTheSequencersHost() throws IOException {
        assertEquals(Durability.D1, VenueConfig.load(SAMPLE).durability());
        assertEquals(Durability.D1, onHosts("s", "s", "b", "g:7/2").durability());
        assertEquals(Durability.D1, onHosts("s", "a", "s", "g:7/2").durability());
        assertEquals(Durability.D1, onHosts("s", "a", "localhost", "g:7/2").durability());
        assertEquals(Durability.D1, onHosts("localhost", "a", "b", "g:7/2").durability());
        assertEquals(Durability.D1, onHosts("s", "a", "b", "g:7/1").durability());
        assertEquals(Durability.D2, onHosts("s", "a", "b", "g:7/2").durability());
        assertEquals(Durability.D2, onHosts("s", "a", "a", "g:7/2").durability());
    }

    private VenueConfig onHosts(final String sequencer, final String a, final String b, final String group)
            throws IOException {
        final String sample = Files.readString(SAMPLE)
                .replace("  nodeId = 1\n", "  nodeId = 1\n  host = " + sequencer + "\n")
                .replace("  nodeId = 11\n", "  nodeId = 11\n  host = " + a + "\n")
                .replace("  nodeId = 12\n", "  nodeId = 12\n  host = " + b + "\n")
                .replace("g:7/2", group);
        Files.copy(
                SAMPLE.resolveSibling("secrets.conf"),
                directory.resolve("secrets.conf"),
                StandardCopyOption.REPLACE_EXISTING);
        return VenueConfig.load(Files.writeString(directory.resolve("hosts.conf"), sample));
    }

    @Test
    void shouldRefuseAServerOfFramesThatIsNone() throws IOException {
        Files.copy(SAMPLE.resolveSibling("secrets.conf"), directory.resolve("secrets.conf"));
        final Path file = Files.writeString(
                directory.resolve("frames.conf"),
                Files.readString(SAMPLE)
                        .replace("servers = [ matcher-B, risk-1, sequencer ]", "servers = [ matcher-C, sequencer ]"));
        assertEquals(
                "frames.conf: matcher-A has frames.servers with \"matcher-C\"; another node with a section frames is"
                        + " needed: sequencer, matcher-B, risk-1",
                assertThrows(BadInputException.class, () -> VenueConfig.load(file))
                        .getMessage());
    }

    @Test
    void shouldGiveEveryNodeOfTheSampleASecret() {
        final VenueConfig config = VenueConfig.load(SAMPLE);
        final Set<Integer> sessions = config.secrets().sessionIds();

        config.matchers()
                .values()
                .forEach(matcher ->
                        assertEquals(true, sessions.contains(matcher.link().sessionId())));
        config.risks()
                .values()
                .forEach(
                        risk -> assertEquals(true, sessions.contains(risk.link().sessionId())));
    }

    @Test
    void shouldPickTheOnlyRiskNodeWithoutItsName() {
        assertEquals("risk-1", VenueConfig.load(SAMPLE).risk(null).node().name());
    }

    @Test
    void shouldAskForTheNameWhenThereAreSeveralMatchers() {
        final VenueConfig config = VenueConfig.load(SAMPLE);

        final String missing = assertThrows(BadInputException.class, () -> config.matcher(null))
                .getMessage();
        final String unknown =
                assertThrows(BadInputException.class, () -> config.matcher("C")).getMessage();

        assertEquals("--name is missing; " + SAMPLE + " has A, B under matchers", missing);
        assertEquals("--name is C; " + SAMPLE + " has A, B under matchers", unknown);
    }

    @Test
    void shouldRefuseAnUnknownKeyWithItsPathAndLine() {
        assertRefused(
                "cpu = none", "cpu = none\n  cpus = 3", "venue.conf:", "sequencer.cpus is not a key", "possible here:");
    }

    @Test
    void shouldRefuseAnUnknownKeyAtTheTop() {
        assertRefused("matchers.A {", "matcher.A { }\nmatchers.A {", "matcher is not a key", "matchers");
    }

    @Test
    void shouldRefuseAMissingKeyWithItsPath() {
        assertRefused("  gatewayId = 2\n", "", "venue.conf:", "sequencer.gatewayId is missing");
    }

    @Test
    void shouldRefuseAWrongType() {
        assertRefused("gatewayId = 2", "gatewayId = two", "sequencer.gatewayId is \"two\"", "a whole number from 1");
    }

    @Test
    void shouldRefuseAFraction() {
        assertRefused("gatewayId = 2", "gatewayId = 2.5", "sequencer.gatewayId is 2.5", "a whole number");
    }

    @Test
    void shouldRefuseANumberOutOfItsRange() {
        assertRefused("gatewayId = 2", "gatewayId = 65536", "sequencer.gatewayId is 65536", "from 1 to 65535");
        assertRefused("gatewayId = 2", "gatewayId = 4294967298", "sequencer.gatewayId is 4294967298");
    }

    @Test
    void shouldScanAllAccountsFirstInTurnUnlessTold() {
        assertEquals(ScanRange.WHOLE, VenueConfig.load(SAMPLE).risk(null).range());
    }

    @Test
    void shouldRefuseARangeOfAccountsThatIsNone() {
        final String place = "sessionId = 21\n";
        assertRefused(place, place + "  fromAccount = 0\n", "risks.1.fromAccount is 0", "from 1 to 3999999999");
        assertRefused(
                place,
                place + "  fromAccount = 2000\n  toAccount = 1999\n",
                "risks.1.toAccount is 1999",
                "from 2000 to 3999999999");
        assertRefused(place, place + "  toAccount = 4000000000\n", "risks.1.toAccount is 4000000000");
        assertRefused(place, place + "  rank = 16\n", "risks.1.rank is 16", "from 0 to 15");
    }

    @Test
    void shouldRefuseAnUnknownIdleStrategy() {
        assertRefused(
                "idleStrategy = backoff",
                "idleStrategy = busy",
                "sequencer.idleStrategy is \"busy\"",
                "spin, yield, backoff");
    }

    @Test
    void shouldRefuseAChannelThatIsNoAeronUri() {
        assertRefused(
                "\"aeron:udp?endpoint=127.0.0.1:20410\"",
                "\"udp://127.0.0.1:20410\"",
                "channels.ingress.uri is \"udp://127.0.0.1:20410\"",
                "an Aeron URI");
    }

    @Test
    void shouldRefuseASubstitutionOfNothing() {
        assertRefused("ingress = ${channels.ingress}", "ingress = ${channels.ingres}", "venue.conf", "ingres");
    }

    @Test
    void shouldRefuseAMissingInclude() throws IOException {
        final Path file = directory.resolve("venue.conf");
        Files.writeString(file, Files.readString(SAMPLE));

        final String message = refusal(file);

        assertContains(message, "secrets.conf");
    }

    @Test
    void shouldRefuseTwoNodesWithOneId() {
        assertRefused("nodeId = 12", "nodeId = 11", "id 11 is given to matcher-A and to matcher-B");
    }

    @Test
    void shouldRefuseTwoNodesWithOneJournal() {
        assertRefused(
                "journal = run/venue/journal-matcher-B",
                "journal = run/venue/../venue/journal-matcher-A",
                "is given to matcher-A and to matcher-B");
    }

    @Test
    void shouldRefuseAJournalInsideTheDriverDirectory() {
        assertRefused(
                "journal = run/venue/journal-sequencer",
                "journal = run/driver/sequencer/journal",
                "sequencer",
                "deleted at every start");
    }

    @Test
    void shouldRefuseAShortSecretWithoutTellingIt() throws IOException {
        final Path file = copySample(Files.readString(SAMPLE));
        Files.writeString(directory.resolve("secrets.conf"), "secrets { \"1\" = \"hunter2\" }");

        final String message = refusal(file);

        assertContains(message, "session 1", "7 bytes", "at least 16");
        assertFalse(message.contains("hunter2"), message);
    }

    @Test
    void shouldRefuseASecretOfNoSession() throws IOException {
        final Path file = copySample(Files.readString(SAMPLE));
        Files.writeString(directory.resolve("secrets.conf"), "secrets { operator = \"0123456789abcdef\" }");

        assertContains(refusal(file), "\"operator\" is not a session id");
    }

    @Test
    void shouldRefuseAFileThatDoesNotExist() {
        assertContains(refusal(directory.resolve("none.conf")), "none.conf: no such configuration file");
    }

    @Test
    void shouldRefuseAFileThatIsNoHocon() throws IOException {
        final Path file = directory.resolve("venue.conf");
        Files.writeString(file, "sequencer {\n  nodeId = [\n");

        assertContains(refusal(file), "venue.conf");
    }

    @Test
    void shouldKeepSecretsOutOfText() {
        final String text = VenueConfig.load(SAMPLE).toString();

        assertFalse(text.contains("sample-secret"), text);
    }

    private void assertRefused(final String line, final String changed, final String... parts) {
        try {
            final String sample = Files.readString(SAMPLE);
            assertContains(sample, line);
            final Path file = copySample(sample.replaceFirst(
                    java.util.regex.Pattern.quote(line), java.util.regex.Matcher.quoteReplacement(changed)));
            assertContains(refusal(file), parts);
        } catch (final IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private Path copySample(final String text) throws IOException {
        final Path file = directory.resolve("venue.conf");
        Files.writeString(file, text);
        Files.copy(
                SAMPLE.resolveSibling("secrets.conf"),
                directory.resolve("secrets.conf"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    private static String refusal(final Path file) {
        return assertThrows(BadInputException.class, () -> VenueConfig.load(file))
                .getMessage();
    }

    private static void assertContains(final String text, final String... parts) {
        for (final String part : List.of(parts)) {
            assertEquals(true, text.contains(part), () -> "'" + part + "' is not in: " + text);
        }
    }
}
