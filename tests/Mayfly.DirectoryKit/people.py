# Puts people and groups into a domain that was just provisioned. Argument: its smb.conf.
import sys

from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

parameters = LoadParm()
parameters.load(sys.argv[1])
domain = SamDB(session_info=system_session(), lp=parameters)


def person(name, **attributes):
    domain.newuser(name, "Password of %s 1" % name, **attributes)


person("mayfly")
person("ada", givenname="Ada", surname="Lovelace", mailaddress="ada@mayfly.test")
person("Grace.Hopper")
person("gone")
person("expired")
domain.disable_account("(sAMAccountName=gone)")
domain.setexpiry("(sAMAccountName=expired)", 0)
domain.modify_ldif("dn: %s\nchangetype: modify\nreplace: accountExpires\naccountExpires: 116444736000000000\n"
                   % domain.search(expression="(sAMAccountName=expired)")[0].dn)
for name in ("analysts", "engineers", "everybody", "others", "inner", "outer"):
    domain.newgroup(name)
domain.add_remove_group_members("analysts", ["ada"])
domain.add_remove_group_members("engineers", ["analysts"])
domain.add_remove_group_members("everybody", ["engineers"])
domain.add_remove_group_members("others", ["Grace.Hopper"])
domain.add_remove_group_members("inner", ["outer", "ada"])
domain.add_remove_group_members("outer", ["inner"])
