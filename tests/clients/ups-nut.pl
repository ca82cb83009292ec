# UPS::Nut: Debian's libups-nut-perl.
use strict;
use warnings;
use UPS::Nut;

sub client {
    my ($password, %more) = @_;
    return UPS::Nut->new(
        NAME     => 'lab',
        HOST     => '127.0.0.1',
        PORT     => $ENV{NUT_PORT},
        USERNAME => 'admin',
        PASSWORD => $password,
        TIMEOUT  => 5,
        %more,
    );
}

my $nut = client('secret', LOGIN => 1);
print 'login ', ($nut->{err} || 'OK'), "\n";
print 'names ', join(' ', keys %{ $nut->ListUPS }), "\n";
print 'read ', $nut->ListVar->{'ups.status'}, "\n";
print 'one ', $nut->BattPercent, "\n";
print 'writable ', $nut->ListRW->{'ups.id'}, "\n";
print 'type ', $nut->GetType('ups.id'), "\n";
print 'commands ', join(' ', grep { $_ eq 'load.off' } @{ $nut->ListCmd }), "\n";
print 'set ', ($nut->Set('ups.id', 'cellar') ? 'OK' : $nut->Error), "\n";
print 'command ', ($nut->InstCmd('load.off') ? 'OK' : $nut->Error), "\n";
print 'primary ', ($nut->Master ? 'OK' : $nut->Error), "\n";
$nut->Logout;
my $stranger = client('wrong');
$stranger->Set('ups.id', 'nowhere') or print 'refused ', $stranger->Error, "\n";
